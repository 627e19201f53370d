package io.pbts.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

@AnalyzeClasses(packages = "io.pbts.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NO_FRAMEWORK = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "jakarta..", "io.netty..", "io.vertx..", "tools.jackson..", "org.slf4j..")
            .because("the agent, the engine and every service speak this module, and none should inherit a framework");

    @ArchTest
    static final ArchRule ONE_CLASS_SPEAKS_TO_BLST = noClasses()
            .that()
            .haveNameNotMatching("io\\.pbts\\.protocol\\.crypto\\.Bls(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("supranational..")
            .because("the native library crashes or says yes when it is called wrongly");

    @ArchTest
    static final ArchRule ONE_CLASS_SPEAKS_TO_LIBSECP256K1 = noClasses()
            .that()
            .haveNameNotMatching("io\\.pbts\\.protocol\\.crypto\\.LibSecp256k1(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("fr.acinq..")
            .because("the binding is safe only for arguments that were checked");

    @ArchTest
    static final ArchRule ONLY_HASH_KNOWS_WEB3J = noClasses()
            .that()
            .resideOutsideOfPackage("io.pbts.protocol.hash")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.web3j..")
            .because("web3j takes signatures that we refuse");

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_SIGNS_ACKNOWLEDGEMENTS_ONLY = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Ed25519")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..")
            .because("the JDK derives no Ed25519 public key from a seed; everything else has a faster library (ADR 4)");

    @ArchTest
    static final ArchRule BENCODE_STANDS_ALONE = classes()
            .that()
            .resideInAPackage("io.pbts.protocol.bencode")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.pbts.protocol.bencode", "java..", "org.apache.tuweni.bytes..", "org.jspecify.annotations..")
            .because("the gateway may use this package and no other of ours");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("io.pbts.protocol.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("words on a wire do not know what time it is");

    @ArchTest
    static final ArchRule RANDOMNESS_IS_INJECTED = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class)
            .because("secrets come from a SecureRandom that the caller hands in");
}
