package io.pbts.reputation.directory;

import io.pbts.support.Refusal;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much may be looked up at once.
 *
 * @param maxLookups keys, passkey hashes and names in one question
 */
@Validated
@ConfigurationProperties("pbts.directory")
record DirectoryProperties(
        @DefaultValue("1024") @Min(1) @Max(8192) int maxLookups) {

    void requireBounded(int lookups) {
        if (lookups > maxLookups) {
            throw new Refusal(
                    400, "too-many-lookups", "At most %d lookups at once, not %d".formatted(maxLookups, lookups));
        }
    }
}
