package io.pbts.reputation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RestController;

/** springdoc names a schema by its class's simple name: of two records with one name, one would describe both routes. */
class WireNamesTest {
    @Test
    void everyWireRecordHasANameOfItsOwn() {
        Map<String, Set<String>> byName = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.pbts.reputation").stream()
                        .filter(type -> !type.isAnonymousClass()
                                && !type.getSimpleName().isEmpty())
                        .filter(type -> type.getEnclosingClass()
                                .filter(outer -> outer.isAnnotatedWith(RestController.class))
                                .isPresent())
                        .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toSet())));

        assertThat(byName).hasSizeGreaterThan(20);
        assertThat(byName.values()).allSatisfy(classes -> assertThat(classes).hasSize(1));
    }
}
