package io.lathe.product.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests of pages, which share one visit to one workbench. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageTest {
    /** Where the workbench keeps everything. */
    Path folder;

    Visit visit;

    @BeforeAll
    final void visit(@TempDir Path temporary) {
        folder = temporary;
        visit = Visit.start(folder);
    }

    @AfterAll
    final void leave() {
        visit.close();
    }
}
