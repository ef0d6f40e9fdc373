package io.lathe.product.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Rules that hold in every package of the product. */
class PackagesTest {
    @Test
    void thereAreNoCyclesBetweenPackages() {
        slices().matching("io.lathe.(**)").should().beFreeOfCycles().check(ProductClasses.ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = new TreeSet<String>();
        for (JavaClass type : ProductClasses.ALL) {
            JavaPackage home = type.getPackage();
            if (!home.isAnnotatedWith(NullMarked.class) && !home.getName().contains(".generated")) {
                unmarked.add(home.getName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    @Test
    void namesSayWhatATypeIsNotThatItHelps() {
        noClasses()
                .that()
                .resideInAPackage("io.lathe..")
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(ProductClasses.ALL);
    }

    @Test
    void onlyProcessesThatAnswerOnStandardOutputWriteToIt() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.lathe.launcher..", "io.lathe.models.quarantine..", "io.lathe.kernel..")
                .and()
                .haveNameNotMatching("io\\.lathe\\.(workbench\\.(App|backup\\.BackupMode)|serving\\.App)(\\$.*)?")
                .should()
                .accessField(System.class, "out")
                .check(ProductClasses.ALL);
    }

    @Test
    void javaSerialisationIsNeverOpened() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.io.ObjectInputStream.class)
                .check(ProductClasses.ALL);
    }
}
