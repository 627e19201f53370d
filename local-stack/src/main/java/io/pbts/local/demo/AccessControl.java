package io.pbts.local.demo;

import io.pbts.local.demo.Checkout.Finished;
import io.pbts.protocol.account.EthereumAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** Gamma has an empty wallet: it is blocked, earns its way in, spends more than it earned, and is blocked again. */
final class AccessControl implements Act {
    private static final int AUDIO_BYTES = 24 << 20;
    private static final Duration SOON = Duration.ofSeconds(60);

    /** What the agent ends with when the tracker refuses it. */
    private static final int REFUSED = 4;

    @Override
    public int number() {
        return 4;
    }

    @Override
    public String title() {
        return "Reputation and access control";
    }

    @Override
    public void play(Stage stage, Cast cast) {
        Standing alpha = cast.standing(cast.alpha);
        Standing beta = cast.standing(cast.beta);
        stage.say("Alpha: " + alpha);
        stage.say("Beta: " + beta);
        stage.prove("Alpha and Beta may download", alpha.allowed() && beta.allowed());
        enterWithNothing(stage, cast);
        earn(stage, cast);
        spend(stage, cast);
    }

    private static void enterWithNothing(Stage stage, Cast cast) {
        cast.gamma.makeWallet();
        EthereumAddress wallet = EthereumAddress.parse(cast.gamma.address());
        stage.prove("Gamma's wallet is empty", cast.chain().balance(wallet).signum() == 0);
        cast.gamma.register(cast.tracker());
        Standing standing = cast.standing(cast.gamma);
        stage.say("Gamma: " + standing);
        stage.prove("Gamma has no credit and must seed first", standing.credit() == 0 && standing.owed() == 1);
        requireRefusal(stage, cast, "Insufficient ratio: 0.00 < 0.50; seed 1 more bytes");
    }

    private static void earn(Stage stage, Cast cast) {
        Path audio = cast.gamma.home().resolve("kitchen_sounds.wav");
        try {
            Audio.write(audio, AUDIO_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String infoHash = cast.gamma.seed(stage, audio);
        stage.say("Gamma seeds what Beta wants: %s, info hash %s".formatted(audio, infoHash));
        Path folder = cast.beta.home().resolve("received");
        Finished download = cast.beta.download(infoHash, folder);
        stage.prove("Beta's download ends well", download.exitCode() == 0, download.output());
        stage.prove(
                "what Beta has is what Gamma seeds, SHA-256 " + Files256.hash(audio),
                Files256.hash(folder.resolve(audio.getFileName())).equals(Files256.hash(audio)));
        Standing earned = stage.await(
                "Gamma's receipts count",
                SOON,
                () -> cast.standing(cast.gamma),
                standing -> standing.uploaded() == AUDIO_BYTES);
        stage.say("Gamma: " + earned);
        stage.prove("Gamma earned its way in", earned.allowed());
        cast.gamma.stop();
    }

    private static void spend(Stage stage, Cast cast) {
        Path folder = cast.gamma.home().resolve("received");
        Finished download = cast.gamma.download(cast.video().infoHash(), folder);
        stage.prove("Gamma's download ends well", download.exitCode() == 0, download.output());
        Path video = cast.video().file();
        stage.prove(
                "what Gamma has is what Alpha seeds",
                Files256.hash(folder.resolve(video.getFileName())).equals(Files256.hash(video)));
        Standing spent = stage.await(
                "Gamma's signatures count",
                SOON,
                () -> cast.standing(cast.gamma),
                standing -> standing.downloaded() == Seeding.BYTES);
        stage.say("Gamma: " + spent);
        stage.prove(
                "Gamma took more than twice what it gave, and owes the rest",
                !spent.allowed() && spent.owed() == Seeding.BYTES / 2 - AUDIO_BYTES);
        requireRefusal(stage, cast, sentence(spent));
    }

    /** What a tracker says to whoever stands so. */
    static String sentence(Standing standing) {
        return "Insufficient ratio: %s < 0.50; seed %d more bytes".formatted(standing.floor(), standing.owed());
    }

    static void requireRefusal(Stage stage, Cast cast, String sentence) {
        Finished refused =
                cast.gamma.download(cast.video().infoHash(), cast.gamma.home().resolve("refused"));
        stage.prove(
                "Gamma is refused: \"%s\"".formatted(sentence),
                refused.exitCode() == REFUSED && refused.output().contains(sentence),
                "exit code %d: %s".formatted(refused.exitCode(), refused.output()));
    }
}
