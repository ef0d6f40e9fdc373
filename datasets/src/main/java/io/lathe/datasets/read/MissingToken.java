package io.lathe.datasets.read;

/**
 * How many cells of a column were read as missing because of one token.
 *
 * @param token as it stood in the file, empty for an empty cell
 */
public record MissingToken(String column, String token, long count) {}
