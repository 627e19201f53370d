package io.pbts.receipt.report;

import io.pbts.support.Refusal;

/** How a report in the AI-agent variant's shape is refused; the code is ours. */
record VariantRefusal(String error, String code) implements LegacyAnswer {
    static VariantRefusal of(Refusal refused) {
        return new VariantRefusal(refused.sentence(), refused.code());
    }
}
