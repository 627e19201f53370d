package io.pbts.agent.sharing;

import io.pbts.agent.tracker.Account;
import io.pbts.agent.tracker.Refused;
import io.pbts.agent.tracker.TrackerApi;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The ratio at a time, as far as the tracker told it; a tracker that does not is no reason to stop. */
record Standing(String ratio) {

    static Standing now(TrackerApi api, Account account) throws InterruptedException {
        try {
            JsonNode ratio = api.standing(account.userId()).path("ratio");
            return new Standing(ratio.isNumber() ? ratio.asString() : "none");
        } catch (IOException | Refused e) {
            return new Standing("unknown");
        }
    }

    /** Before and after, for programs. */
    static void put(Map<String, Object> fields, Standing before, Standing after) {
        fields.put("ratio_before", before.ratio);
        fields.put("ratio_after", after.ratio);
    }

    /** Whether it is known to be so high. */
    boolean isAtLeast(double wanted) {
        try {
            return Double.parseDouble(ratio) >= wanted;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    String until(Standing after) {
        return "ratio " + ratio + " before, " + after.ratio + " now";
    }
}
