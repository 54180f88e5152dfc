"""`qhatu verify`: what each room registered, on a database as migrations leave it."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from typer.testing import CliRunner

from nucleo import verificar
from plataforma.cli import comandos
from plataforma.servidores import ErrorDeArranque

PARTES = (
    "calendario",
    "constancia",
    "buzon",
    "registro",
    "mandatos",
    "registro.actos",
    "libro",
    "tarjetas",
    "devoluciones",
    "retiros",
    "banco",
    "reservas",
    "archivos",
    "asuntos",
    "cierres",
    "tarifas",
    "notas",
    "presupuesto",
    "operadores",
    "mensajes",
    "identificadores",
    "envios",
    "actas de la feria",
    "ofertas selladas",
    "declaraciones de ofertas",
    "depositarios de llaves",
    "compras por pagar",
    "custodias",
    "existencias",
    "pedidos",
    "portes",
    "admisiones",
    "despachos",
    "reclamos",
    "reclamos de compra",
    "acuerdos",
    "citas",
    "regalos",
    "confianza en la tienda",
    "opiniones",
    "reputacion",
    "preguntas",
    "mensajes de pedidos",
    "niveles",
    "deudas",
    "versiones de la feria",
    "procesos que siguen a otros",
    "documentos de la feria",
    "cronogramas",
    "certificaciones",
    "planes de contrataciones",
    "compras del catalogo",
    "codigos de la feria",
    "decisiones de la feria",
    "subastas de la feria",
    "papeles de la feria",
    "historia de compras",
    "evidencias",
    "ordenes de compra",
    "garantias de las ordenes",
    "modificaciones de las ordenes",
    "impugnaciones",
    "invitaciones",
    "datos abiertos",
    "catalogo de datos",
    "preguntas de convocatorias",
    "banderas",
    "mercado del Estado",
    "promociones",
)


def test_cada_parte_registrada_se_verifica(bd: Engine) -> None:
    fin = CliRunner().invoke(comandos, ["verify"])

    assert fin.exit_code == 0, fin.output
    assert sorted(fin.output.splitlines()) == sorted(f"✓ {parte}: todo cuadra." for parte in PARTES)


def test_una_sola_parte(bd: Engine) -> None:
    fin = CliRunner().invoke(comandos, ["verify", "ledger"])

    assert (fin.exit_code, fin.output) == (0, "✓ libro: todo cuadra.\n")


def test_una_parte_que_nadie_registro(bd: Engine) -> None:
    fin = CliRunner().invoke(comandos, ["verify", "otra"])

    assert isinstance(fin.exception, ErrorDeArranque)
    assert all(parte in str(fin.exception) for parte in PARTES)


def test_lee_cuanto_haga_falta(bd: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements of the application's role end at half a minute; these read tables of millions."""

    def plazo(sesion: Session) -> list[Any]:
        consulta = "SELECT setting, source FROM pg_settings WHERE name = 'statement_timeout'"
        return list(sesion.connection().exec_driver_sql(consulta).one())

    monkeypatch.setitem(verificar._partes, "plazo", plazo)
    assert verificar.verificar("plazo") == ["0", "session"]
