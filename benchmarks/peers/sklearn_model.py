"""Makes scikit-learn's logistic regression of given coefficients. Arguments: joblib or mlflow, the coefficients as JSON, what to write."""

import json
import sys

import numpy
from sklearn.linear_model import LogisticRegression

kind, source, target = sys.argv[1:]
with open(source) as file:
    given = json.load(file)
model = LogisticRegression()
model.coef_ = numpy.array(given["coefficients"])
model.intercept_ = numpy.array(given["intercepts"])
model.classes_ = numpy.array(given["labels"])
model.n_features_in_ = len(given["columns"])
if kind == "joblib":
    import joblib

    joblib.dump(model, target)
else:
    import mlflow.sklearn

    # Probabilities, as the others answer; MLflow would otherwise answer labels only.
    mlflow.sklearn.save_model(model, target, pyfunc_predict_fn="predict_proba")
