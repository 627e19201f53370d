package io.pbts.protocol.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the tests that its arguments name ({@code class#method}), and says by its exit code how they were. */
final class NamedTests {
    static final int GREEN = 0;
    static final int RED = 10;
    private static final int NOT_RUN = 11;
    private static final int FRAMES = 12;

    private NamedTests() {}

    static void main(String[] tests) throws ReflectiveOperationException {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String test : tests) {
            selectors.addAll(methods(test));
        }
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectors)
                                .configurationParameter("jqwik.database", "planted-jqwik-database")
                                .build(),
                        listener);
        var summary = listener.getSummary();
        var out = new PrintWriter(System.out, true, Charset.defaultCharset());
        summary.printFailuresTo(out, FRAMES);
        boolean ran = selectors.size() >= tests.length
                && summary.getTestsStartedCount() + summary.getContainersFailedCount() >= tests.length;
        out.println(summary.getTestsSucceededCount() + " passed, " + summary.getTotalFailureCount() + " failed");
        System.exit(summary.getTotalFailureCount() > 0 ? RED : ran ? GREEN : NOT_RUN);
    }

    /** Every method of that name, whatever its parameters are. */
    private static List<DiscoverySelector> methods(String test) throws ReflectiveOperationException {
        String[] parts = test.split("#", 2);
        Class<?> type = Class.forName(parts[0]);
        List<DiscoverySelector> found = Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(parts[1]) && !method.isSynthetic())
                .<DiscoverySelector>map((Method method) -> selectMethod(type, method))
                .toList();
        if (found.isEmpty()) {
            throw new NoSuchMethodException(test);
        }
        return found;
    }
}
