package io.lathe.datasets.read;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Reads ISO dates ({@code 2026-11-25}) and date-times without a zone ({@code 2026-11-25T01:54}, seconds and up to nine decimals optional, a blank for the T). */
final class TimeCell {
    private static final int DATE_LENGTH = 10;
    private static final int NANO_DIGITS = 9;

    private TimeCell() {}

    static @Nullable LocalDate date(char[] text, int start, int end) {
        return end - start == DATE_LENGTH ? leadingDate(text, start) : null;
    }

    static @Nullable LocalDateTime dateTime(char[] text, int start, int end) {
        if (end - start < DATE_LENGTH + 6 || (text[start + DATE_LENGTH] != 'T' && text[start + DATE_LENGTH] != ' ')) {
            return null;
        }
        var date = leadingDate(text, start);
        var time = date == null ? null : time(text, start + DATE_LENGTH + 1, end);
        return date == null || time == null ? null : LocalDateTime.of(date, time);
    }

    private static @Nullable LocalDate leadingDate(char[] text, int start) {
        if (text[start + 4] != '-' || text[start + 7] != '-') {
            return null;
        }
        var year = two(text, start) * 100 + two(text, start + 2);
        var month = two(text, start + 5);
        var day = two(text, start + 8);
        if (two(text, start) < 0 || two(text, start + 2) < 0 || month < 1 || month > 12 || day < 1) {
            return null;
        }
        return day <= YearMonth.of(year, month).lengthOfMonth() ? LocalDate.of(year, month, day) : null;
    }

    private static @Nullable LocalTime time(char[] text, int start, int end) {
        var hour = two(text, start);
        var minute = text[start + 2] == ':' ? two(text, start + 3) : -1;
        var second = 0;
        var nano = 0;
        var length = end - start;
        if (length > 5) {
            second = length >= 8 && text[start + 5] == ':' ? two(text, start + 6) : -1;
        }
        if (length > 8) {
            nano = text[start + 8] == '.' ? nano(text, start + 9, end) : -1;
        }
        var valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60 && nano >= 0;
        return valid ? LocalTime.of(hour, minute, second, nano) : null;
    }

    private static int nano(char[] text, int start, int end) {
        if (end == start || end - start > NANO_DIGITS) {
            return -1;
        }
        var value = 0;
        for (var i = 0; i < NANO_DIGITS; i++) {
            var digit = start + i < end ? text[start + i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Two digits as a number, or a negative number. */
    private static int two(char[] text, int at) {
        var tens = text[at] - '0';
        var ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }
}
