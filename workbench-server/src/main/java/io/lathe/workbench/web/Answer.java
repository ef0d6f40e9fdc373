package io.lathe.workbench.web;

/** What a route answers when all went well: its status (200 to 399), what that means, and what it carries. */
public record Answer(int status, String words, Payload payload) {}
