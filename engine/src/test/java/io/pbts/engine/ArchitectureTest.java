package io.pbts.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.pbts.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule SPEAKS_PROTOCOL_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.pbts.engine..",
                    "io.pbts.protocol..",
                    "java..",
                    "javax.net.ssl..",
                    "org.apache.tuweni.bytes..",
                    "org.jspecify.annotations..")
            .because("an engine inherits no framework and gives none on");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("io.pbts.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_WIRE_KNOWS_NO_TORRENT = noClasses()
            .that()
            .resideInAnyPackage("..wire..", "..storage..", "..limit..", "..picker..", "..tracker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.pbts.engine.peer..", "io.pbts.engine.torrent..", "io.pbts.engine.session..")
            .because("what moves bytes does not decide");
}
