package io.pbts.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.pbts.support.testing.HouseRules;

@AnalyzeClasses(packages = "io.pbts.contract", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests HOUSE = ArchTests.in(HouseRules.class);

    @ArchTest
    static final ArchRule ONLY_THE_CHAIN_PACKAGE_SPEAKS_WEB3J = noClasses()
            .that()
            .resideOutsideOfPackage("io.pbts.contract.chain..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.web3j..")
            .because("what is written and how it is answered does not depend on the library that reaches the node");
}
