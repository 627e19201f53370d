package io.pbts.local.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaTest {
    private static final int BYTES = 2 << 20;

    @TempDir
    private Path folder;

    @Test
    void theVideoIsAnAviFileWhoseIndexFindsEveryPicture() throws Exception {
        Path file = folder.resolve("video.avi");
        Video.write(file, BYTES);
        ByteBuffer avi = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(avi.capacity()).isEqualTo(BYTES);
        assertThat(name(avi, 0)).isEqualTo("RIFF");
        assertThat(avi.getInt(4)).isEqualTo(BYTES - 8);
        assertThat(name(avi, 8)).isEqualTo("AVI ");

        List<String> chunks = new ArrayList<>();
        int pictures = 0;
        int index = 0;
        int at = 12;
        while (at < BYTES) {
            String name = name(avi, at);
            chunks.add(name.equals("LIST") ? name(avi, at + 8) : name);
            pictures = name(avi, at + 8).equals("movi") ? at + 8 : pictures;
            index = name.equals("idx1") ? at : index;
            at += 8 + avi.getInt(at + 4);
        }
        assertThat(at).isEqualTo(BYTES);
        assertThat(chunks).containsExactly("hdrl", "movi", "idx1", "JUNK");
        int entries = avi.getInt(index + 4) / 16;
        assertThat(entries).as("as the header says").isEqualTo(avi.getInt(12 + 12 + 8 + 16));
        for (int entry = 0; entry < entries; entry++) {
            int picture = pictures + avi.getInt(index + 8 + entry * 16 + 8);
            assertThat(name(avi, picture)).isEqualTo("00db");
            assertThat(avi.getInt(picture + 4)).isEqualTo(320 * 240 * 3);
        }
    }

    @Test
    void theSoundIsReadByWhateverReadsSounds() throws Exception {
        Path file = folder.resolve("sound.wav");
        Audio.write(file, BYTES);
        assertThat(Files.size(file)).isEqualTo(BYTES);
        try (var sound = AudioSystem.getAudioInputStream(file.toFile())) {
            assertThat(sound.getFormat().getChannels()).isEqualTo(2);
            assertThat(sound.getFormat().getSampleRate()).isEqualTo(44_100);
            assertThat(sound.getFrameLength()).isEqualTo((BYTES - 44) / 4);
        }
    }

    private static String name(ByteBuffer bytes, int at) {
        byte[] name = new byte[4];
        bytes.get(at, name);
        return new String(name, US_ASCII);
    }
}
