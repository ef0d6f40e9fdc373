"""Writes scikit-learn's iris table as CSV. Argument: the file to write."""

import csv
import sys

from sklearn.datasets import load_iris

iris = load_iris()
with open(sys.argv[1], "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["sepal_length", "sepal_width", "petal_length", "petal_width", "species"])
    writer.writerows([*map(float, row), iris.target_names[label]] for row, label in zip(iris.data, iris.target))
