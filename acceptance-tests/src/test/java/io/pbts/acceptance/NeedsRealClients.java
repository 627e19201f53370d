package io.pbts.acceptance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** Tests with software that nobody here wrote, on hosts of their own: for what is in Debian, and for root. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfEnvironmentVariable(
        named = "PBTS_TEST_UNAVAILABLE",
        matches = ".+",
        disabledReason = "./pbts test found no BitTorrent clients or no root, says so in its summary, and fails in CI")
@interface NeedsRealClients {}
