package io.pbts.contract.settlement;

import io.pbts.contract.settlement.Resumption.Acknowledgement;
import io.pbts.support.Refusal;
import io.pbts.support.access.Allow;
import io.pbts.support.access.Who;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator ends a freeze of settlement, and reads which were ended and why. */
@RestController
@Tag(name = "admin")
@Allow(Who.ADMIN)
@RequestMapping("/admin/v1/chain/settlement")
class ResumptionController {
    private static final int MOST = 100;
    private static final int LONGEST_NOTE = 500;

    private final Resumption resumption;
    private final EndedFreezes freezes;

    ResumptionController(Resumption resumption, EndedFreezes freezes) {
        this.resumption = resumption;
        this.freezes = freezes;
    }

    /**
     * Nothing, to resume if ledger and records agree; or both.
     *
     * @param acknowledge the reason as {@code /api/v1/chain/status} tells it, word for word
     * @param note why going on is right, 1 to 500 characters
     */
    record ResumeRequest(
            @Nullable String acknowledge, @Nullable String note) {}

    /** {@code resumed} is false when settlement was not frozen. */
    record ResumeAnswer(boolean resumed) {}

    /** {@code ended_at} in seconds. */
    record EndedFreeze(
            long endedAt,
            String reason,

            @Schema(allowableValues = {"agreed", "acknowledged"})
            String ending,

            @Nullable String note,
            @Nullable String difference) {}

    record FreezePage(List<EndedFreeze> freezes) {}

    @PostMapping("/resume")
    ResumeAnswer resume(@RequestBody(required = false) @Nullable ResumeRequest request) {
        return new ResumeAnswer(resumption.resume(acknowledgement(request)));
    }

    /** The newest first. */
    @GetMapping("/freezes")
    FreezePage freezes() {
        return new FreezePage(freezes.newest(MOST).stream()
                .map(row -> new EndedFreeze(
                        row.endedAt().getEpochSecond(), row.reason(), row.ending(), row.note(), row.difference()))
                .toList());
    }

    private static Optional<Acknowledgement> acknowledgement(@Nullable ResumeRequest request) {
        if (request == null || request.acknowledge() == null) {
            return Optional.empty();
        }
        String note = request.note() == null ? "" : request.note().strip();
        if (note.isEmpty() || note.length() > LONGEST_NOTE) {
            throw new Refusal(
                    400,
                    "invalid-note",
                    "An acknowledgement needs a note of 1 to %d characters".formatted(LONGEST_NOTE));
        }
        return Optional.of(new Acknowledgement(request.acknowledge(), note));
    }
}
