package io.pbts.receipt.report;

import io.swagger.v3.oas.annotations.media.Schema;

/** An answer of {@code /report}: in the shape of the original whose body was sent. */
@Schema(oneOf = {ReportAnswer.class, VariantAnswer.class})
sealed interface LegacyAnswer permits ReportAnswer, VariantAnswer, VariantRefusal {}
