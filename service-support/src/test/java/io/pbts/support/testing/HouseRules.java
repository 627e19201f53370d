package io.pbts.support.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** The rules of the house, each with its reason. A module runs them on its own classes in its {@code ArchitectureTest}. */
public final class HouseRules {
    private HouseRules() {}

    @ArchTest
    public static final ArchRule NO_SERVICE_KNOWS_ANOTHER = slices().matching(
                    "io.pbts.(announce|receipt|reputation|contract|gateway)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true)
            .because("services speak HTTP to each other, so that each can be deployed, scaled and replaced alone");

    @ArchTest
    public static final ArchRule FEATURES_HAVE_NO_CYCLES = slices().matching("io.pbts.*.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .because("a feature that needs the feature that needs it is one feature in two folders");

    @ArchTest
    public static final ArchRule PROTOCOL_IS_FRAMEWORK_FREE = noClasses()
            .that()
            .resideInAPackage("io.pbts.protocol..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "io.pbts.support..", "jakarta..")
            .allowEmptyShould(true)
            .because("the agent and every service speak it, whatever they are built on");

    @ArchTest
    public static final ArchRule GATEWAY_KNOWS_NO_RECEIPTS = noClasses()
            .that()
            .resideInAPackage("io.pbts.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pbts.protocol.receipt..",
                    "io.pbts.protocol.crypto..",
                    "io.pbts.protocol.account..",
                    "io.pbts.protocol.torrent..",
                    "io.pbts.protocol.hash..",
                    "io.pbts.protocol.merkle..")
            .allowEmptyShould(true)
            .because("the one public door routes and limits; what it does not understand it cannot get wrong");

    @ArchTest
    public static final ArchRule ONLY_THE_CONTRACT_SERVICE_KNOWS_AN_EVM = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.pbts.announce..",
                    "io.pbts.receipt..",
                    "io.pbts.reputation..",
                    "io.pbts.gateway..",
                    "io.pbts.support..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.web3j..")
            .allowEmptyShould(true)
            .because("one process holds a chain key; the tracker works with the chain down for days");

    @ArchTest
    public static final ArchRule TIME_IS_INJECTED = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .allowEmptyShould(true)
            .because("a test must be able to stop the clock");

    @ArchTest
    public static final ArchRule RANDOMNESS_IS_INJECTED = noClasses()
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .allowEmptyShould(true)
            .because("secrets need a SecureRandom and tests need a seed");

    @ArchTest
    public static final ArchRule ENVIRONMENT_IS_CONFIGURATION = noClasses()
            .that()
            .resideOutsideOfPackage("io.pbts.local..")
            .should()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getenv")
            .allowEmptyShould(true)
            .because("settings are read once, bounded and documented in properties records");

    @ArchTest
    public static final ArchRule FIELDS_DO_NOT_GET_INJECTED = fields().should()
            .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .allowEmptyShould(true)
            .because("what a class needs stands in its constructor");

    @ArchTest
    public static final ArchRule CONTROLLERS_ARE_PACKAGE_PRIVATE = classes()
            .that()
            .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
            .should()
            .notHaveModifier(JavaModifier.PUBLIC)
            .allowEmptyShould(true)
            .because("an HTTP edge is called by HTTP and by nothing else");

    @ArchTest
    public static final ArchRule CONTROLLERS_DO_NOT_TOUCH_THE_DATABASE = noClasses()
            .that()
            .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "java.sql..")
            .allowEmptyShould(true)
            .because("an edge translates in, delegates and translates out");

    @ArchTest
    public static final ArchRule NAMES_SAY_WHAT = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .allowEmptyShould(true)
            .because("such a name says where code was put, not what it does");
}
