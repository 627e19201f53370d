package io.pbts.announce;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.pbts.support.testing.HouseRules;

@AnalyzeClasses(packages = "io.pbts.announce", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule ONLY_THE_WIRE_KNOWS_NETTY = noClasses()
            .that()
            .resideOutsideOfPackage("io.pbts.announce.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..")
            .because("the tracker serves bytes, whichever socket they came from");

    @ArchTest
    static final ArchRule THE_HOT_PATH_KNOWS_NO_DATABASE = noClasses()
            .that()
            .resideInAnyPackage("io.pbts.announce.tracker..", "io.pbts.announce.wire..", "io.pbts.announce.swarm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.springframework.jdbc..")
            .because("an announce waits for nobody");

    @ArchTest
    static final ArchRule THE_PORT_KNOWS_NO_ADAPTER = noClasses()
            .that()
            .resideOutsideOfPackage("io.pbts.announce.swarm.memory..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.pbts.announce.swarm.memory..")
            .because("another store must be able to take its place");
}
