package io.pbts.gateway.forward;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** {@link BackendProperties} alone says where the gateway sends anything. */
@AnalyzeClasses(packages = "io.pbts.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class OutgoingTest {
    @ArchTest
    static final ArchRule ONLY_THIS_PACKAGE_SENDS = noClasses()
            .that()
            .resideOutsideOfPackages("io.pbts.gateway.forward..", "io.pbts.gateway.target..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "reactor\\.netty\\.http\\.client\\..*|java\\.net\\.http\\..*|java\\.net\\.(Socket|URLConnection|"
                            + "HttpURLConnection|URL)|org\\.springframework\\.web\\.client\\.Rest.*|"
                            + "org\\.springframework\\.web\\.reactive\\.function\\.client\\.WebClient")
            .because("a host that a caller could name is a way into the network behind the gateway");

    @ArchTest
    static final ArchRule TARGETS_ARE_MADE_OF_CONFIGURED_HOSTS = noClasses()
            .that()
            .doNotHaveSimpleName("BackendProperties")
            .and()
            .doNotHaveSimpleName("Backend")
            .should()
            .callMethod(java.net.URI.class, "create", String.class)
            .orShould()
            .callConstructor(java.net.URI.class, String.class)
            .because("a service's origin comes from settings and only path and query from a request");
}
