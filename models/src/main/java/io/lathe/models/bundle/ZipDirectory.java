package io.lathe.models.bundle;

import io.lathe.datasets.problem.LatheException;
import io.lathe.datasets.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The directory of a zip held in memory, read strictly: one disk, no 64-bit extensions, no encryption, stored or deflated plain
 * files, and nothing before, between or behind what the directory describes is ever looked at. The JDK's readers either trust
 * local headers or need a file and don't show what kind of file an entry claims to be.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_SIZE = 30;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int UNIX = 3;
    private static final int FILE_TYPE = 0xF000;
    private static final int REGULAR_FILE = 0x8000;
    private static final int DOS_DIRECTORY = 0x10;

    private final ByteBuffer zip;

    private ZipDirectory(byte[] zip) {
        this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** One entry as the directory describes it; sizes in bytes. */
    record Entry(String name, int method, int crc, int compressedSize, int size, int localHeader) {}

    static ZipDirectory of(byte[] zip) {
        return new ZipDirectory(zip);
    }

    /** @throws LatheException {@code bad-request} when there are more than {@code max} entries or the directory is not plain */
    List<Entry> entries(int max) {
        int end = zip.capacity() - END_SIZE;
        if (end < 0 || zip.getInt(end) != END || zip.getShort(end + 20) != 0) {
            throw bad("it does not end with a zip directory.");
        }
        int count = u16(end + 10);
        if (u16(end + 4) != 0 || u16(end + 6) != 0 || u16(end + 8) != count || count > max) {
            throw bad("it has %d entries; a bundle has %d, in one file.".formatted(count, max));
        }
        int position = offset(end + 16);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            require(position, CENTRAL_SIZE);
            if (zip.getInt(position) != CENTRAL) {
                throw bad("its directory is damaged.");
            }
            entries.add(entry(position));
            position += CENTRAL_SIZE + u16(position + 28) + u16(position + 30) + u16(position + 32);
        }
        if (position != end) {
            throw bad("its directory is damaged.");
        }
        return entries;
    }

    private Entry entry(int at) {
        int nameLength = u16(at + 28);
        String name = name(at + CENTRAL_SIZE, nameLength);
        int method = u16(at + 10);
        if ((u16(at + 8) & ENCRYPTED) != 0 || (method != STORED && method != DEFLATED)) {
            throw bad("one of its entries is encrypted or compressed in an unusual way.");
        }
        int type = (zip.getInt(at + 38) >>> 16) & FILE_TYPE;
        boolean unixSpecial = u16(at + 4) >> 8 == UNIX && type != 0 && type != REGULAR_FILE;
        if (unixSpecial || (zip.getInt(at + 38) & DOS_DIRECTORY) != 0) {
            throw bad("one of its entries is a link, a folder or a device.");
        }
        return new Entry(name, method, zip.getInt(at + 16), offset(at + 20), offset(at + 24), offset(at + 42));
    }

    /**
     * The bytes of {@code entry}, exactly as many as the directory says.
     *
     * @throws LatheException {@code bad-request} when they are fewer or more, or can't be inflated
     */
    byte[] read(Entry entry) {
        int at = entry.localHeader();
        require(at, LOCAL_SIZE);
        int nameLength = u16(at + 26);
        if (zip.getInt(at) != LOCAL || !name(at + LOCAL_SIZE, nameLength).equals(entry.name())) {
            throw bad("an entry is not where its directory says.");
        }
        int data = at + LOCAL_SIZE + nameLength + u16(at + 28);
        require(data, entry.compressedSize());
        byte[] bytes = new byte[entry.size()];
        if (entry.method() == STORED) {
            if (entry.compressedSize() != entry.size()) {
                throw bad("a stored entry has two sizes.");
            }
            zip.get(data, bytes);
        } else {
            inflate(data, entry.compressedSize(), bytes);
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if ((int) crc.getValue() != entry.crc()) {
            throw bad("an entry is damaged.");
        }
        return bytes;
    }

    private void inflate(int data, int compressedSize, byte[] bytes) {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(zip.array(), data, compressedSize);
            int length = 0;
            while (length < bytes.length) {
                int more = inflater.inflate(bytes, length, bytes.length - length);
                if (more == 0) {
                    throw bad("an entry is shorter than its directory says.");
                }
                length += more;
            }
            if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
                throw bad("an entry is longer than its directory says.");
            }
        } catch (DataFormatException e) {
            throw new LatheException(
                    ProblemCode.BAD_REQUEST,
                    "The bundle is refused: an entry can't be inflated. Publish the model again.",
                    e);
        }
    }

    private String name(int at, int length) {
        require(at, length);
        byte[] name = new byte[length];
        zip.get(at, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private int offset(int at) {
        int value = zip.getInt(at);
        if (value < 0) {
            throw bad("it has sizes or places beyond 2 GiB.");
        }
        return value;
    }

    private int u16(int at) {
        return zip.getShort(at) & 0xFFFF;
    }

    private void require(int at, int length) {
        if (at < 0 || length < 0 || (long) at + length > zip.capacity()) {
            throw bad("it is cut short.");
        }
    }

    static LatheException bad(String why) {
        return new LatheException(
                ProblemCode.BAD_REQUEST, "The bundle is refused: " + why + " Publish the model again.");
    }
}
