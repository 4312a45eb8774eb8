"""DAGs for the program: one with two tasks, and one that an asset triggers."""

from datetime import datetime

from airflow.sdk import DAG, Asset, Param, task

orders = Asset(name="orders", uri="s3://shop/orders", extra={"team": "data"})

with DAG(
    dag_id="orders",
    description="Reads orders.",
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    tags=["shop", "daily"],
    params={"day": Param("monday", type="string")},
):

    @task(retries=2)
    def extract():
        return 1

    @task(outlets=[orders])
    def load(count):
        return count

    load(extract())

with DAG(dag_id="report", schedule=[orders], start_date=datetime(2026, 1, 1), tags=["shop"]):

    @task
    def send():
        pass

    send()

with DAG(dag_id="empty", schedule=None):
    pass
