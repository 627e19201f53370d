package io.pbts.agent;

import io.pbts.agent.tracker.Refused;
import java.io.IOException;

/** Turns what a tracker did into what the program ends with. */
final class Asked {

    private Asked() {}

    /** A question to a tracker. */
    interface Question<T> {
        T ask() throws IOException, InterruptedException, Refused;
    }

    static <T> T of(Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (Refused e) {
            throw Trouble.refused("the tracker refused: " + e.getMessage());
        } catch (IOException e) {
            String message = e.getMessage();
            throw Trouble.unreachable("the tracker cannot be reached: "
                    + (message == null ? e.getClass().getSimpleName() : message));
        }
    }
}
