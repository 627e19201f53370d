package io.pbts.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.pbts.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule DRIVES_THE_ENGINE_BY_ITS_DOORS = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.pbts.agent..",
                    "io.pbts.engine",
                    "io.pbts.engine.create",
                    "io.pbts.engine.metadata",
                    "io.pbts.engine.receipt",
                    "io.pbts.protocol..",
                    "java..",
                    "javax.crypto..",
                    "org.apache.tuweni.bytes..",
                    "org.bouncycastle.crypto..",
                    "org.jspecify.annotations..",
                    "picocli..",
                    "tools.jackson..")
            .because("an agent is one more client of the tracker: it knows no service's classes");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("io.pbts.agent.(*)..").should().beFreeOfCycles();
}
