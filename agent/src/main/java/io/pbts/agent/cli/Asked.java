package io.pbts.agent.cli;

import io.pbts.agent.tracker.Refused;
import java.io.IOException;

/** Turns what a tracker did into what the program ends with. */
public final class Asked {

    /** What helps whose passkey is none. */
    public static final String NEW_PASSKEY = "pbts agent login --new-passkey gets another one";

    private Asked() {}

    /** A question to a tracker. */
    public interface Question<T> {
        T ask() throws IOException, InterruptedException, Refused;
    }

    public static <T> T of(Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (Refused e) {
            throw refused(e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static Trouble refused(Refused e) {
        String remedy = e.code().equals("unknown-passkey") ? "; " + NEW_PASSKEY : "";
        return Trouble.refused((e.isHere() ? "" : "the tracker refused: ") + e.getMessage() + remedy);
    }

    /** Nobody answered. */
    public static Trouble unreachable(IOException why) {
        String message = why.getMessage();
        return Trouble.unreachable("the tracker cannot be reached: "
                + (message == null ? why.getClass().getSimpleName() : message));
    }
}
