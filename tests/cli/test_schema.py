"""`onrecord schema`."""

import json

from click.testing import CliRunner

from onrecord.cli.schema import command
from onrecord.formats import schema_text


def test_the_schema_is_printed_as_it_ships() -> None:
    result = CliRunner().invoke(command)
    assert result.exit_code == 0
    assert result.output == schema_text()
    assert json.loads(result.output)["$schema"].endswith("2020-12/schema")
