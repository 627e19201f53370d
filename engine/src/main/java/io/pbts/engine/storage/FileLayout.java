package io.pbts.engine.storage;

import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.Metainfo.FileEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the bytes of a torrent lie in its files. What no file covers is padding (BEP 47): zeros that are never written. */
final class FileLayout {

    /**
     * Bytes of a file.
     *
     * @param file its number in the metainfo
     * @param fileOffset where they begin in the file
     * @param start where they begin in the range that was asked for
     */
    record Span(int file, long fileOffset, int start, int length) {}

    private record Placed(int file, long offset, long length) {}

    private final List<Placed> placed = new ArrayList<>();

    FileLayout(Metainfo metainfo) {
        List<FileEntry> files = metainfo.files();
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).length() > 0) {
                placed.add(new Placed(i, files.get(i).offset(), files.get(i).length()));
            }
        }
        placed.sort(Comparator.comparingLong(Placed::offset));
    }

    /** The parts of files in a range of the torrent, in order; padding is left out. */
    List<Span> spans(long offset, int length) {
        List<Span> spans = new ArrayList<>(1);
        for (int i = firstEndingAfter(offset); i < placed.size(); i++) {
            Placed file = placed.get(i);
            long from = Math.max(offset, file.offset);
            long to = Math.min(offset + length, file.offset + file.length);
            if (from >= offset + length) {
                break;
            }
            spans.add(new Span(file.file, from - file.offset, (int) (from - offset), (int) (to - from)));
        }
        return spans;
    }

    private int firstEndingAfter(long offset) {
        int low = 0;
        int high = placed.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (placed.get(middle).offset + placed.get(middle).length > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
