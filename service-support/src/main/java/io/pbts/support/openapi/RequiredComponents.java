package io.pbts.support.openapi;

import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record's component is always there unless it is {@code @Nullable}: so says the compiler, so says the description. */
final class RequiredComponents extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
        return components == null
                ? null
                : Stream.of(components)
                        .anyMatch(component -> component.getName().equals(member.getName())
                                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }
}
