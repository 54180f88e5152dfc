"""Every declared life against the database, pair by pair, and how the code spells a step."""

from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel

from nucleo.vidas import TransicionInvalida, Vida, declaradas
from plataforma.habitaciones import modulos

modulos("estados")
modulos("modelos")
SIN_VIDA = {
    "nucleo_clave_idempotencia": "the HTTP status of a stored answer",
    "nucleo_webhook_intento": "the HTTP status that a try was answered with, append-only",
    "comercio_pedido_paso": "what an order went through, append-only",
    "envios_evento": "what one event says",
    "pagos_intento_paso": "what a payment went through, append-only",
    "feria_historia_proceso": "as a file of SICOES says it, append-only",
    "feria_historia_item": "as a file of SICOES says it, append-only",
    "feria_historia_adjudicado": "as a file of SICOES says it, append-only",
    "feria_mercado_proceso": "as the source of each row says it; its stage is worked out of that",
    "registro_busqueda": "a copy of the unit's, kept by a trigger",
}


def _disparadores(sesion: Session, tabla: str) -> dict[str, Any]:
    filas = sesion.connection().execute(
        text(
            "SELECT tgname, tgtype, tgenabled, tgfoid::regproc::text AS funcion, "
            "pg_get_triggerdef(oid) AS texto FROM pg_trigger "
            "WHERE tgrelid = CAST(:tabla AS regclass) AND tgname LIKE 'vida\\_%'"
        ),
        {"tabla": tabla},
    )
    return {fila.tgname: fila for fila in filas}


def _condicion(disparador: Any) -> str:
    """What its WHEN says, as SQL over `old` and `new`."""
    return str(disparador.texto).partition(" WHEN (")[2].rpartition(") EXECUTE FUNCTION ")[0]


@pytest.mark.parametrize("vida", declaradas.values(), ids=lambda vida: vida.tabla)
def test_la_base_dice_lo_mismo_que_la_declaracion(vida: Vida[Any], sesion: Session) -> None:
    conexion = sesion.connection()
    lista = {"estados": [*vida.estados, "otro"]}
    filas = _disparadores(sesion, vida.tabla)
    assert {(n, f.tgtype, f.tgenabled, f.funcion) for n, f in filas.items()} == {
        ("vida_nace", 7, "O", "nucleo_vida"),  # 7: before, each row, insert
        ("vida_pasa", 19, "O", "nucleo_vida"),  # 19: before, each row, update
    }

    nace = text(
        f"SELECT e FROM unnest(CAST(:estados AS text[])) e, LATERAL (SELECT e AS estado) new "
        f"WHERE NOT ({_condicion(filas['vida_nace'])})"
    )
    assert set(conexion.execute(nace, lista).scalars()) == vida.nace

    pasa = text(
        f"SELECT old.estado, new.estado FROM unnest(CAST(:estados AS text[])) un_estado, "
        f"LATERAL jsonb_populate_record(NULL::{vida.tabla}, jsonb_build_object('estado', un_estado)) old, "
        f"unnest(CAST(:estados AS text[])) otro_estado, "
        f"LATERAL jsonb_populate_record(NULL::{vida.tabla}, jsonb_build_object('estado', otro_estado)) new "
        f"WHERE old.estado <> new.estado AND NOT ({_condicion(filas['vida_pasa'])})"
    )
    declarados = {(de, a) for de, despues in vida.pasos.items() for a in despues}
    for par, si in vida.solo_si.items():  # judged on a row of which nothing but the state is known
        cumple = text(f"SELECT {si} FROM jsonb_populate_record(NULL::{vida.tabla}, '{{}}') \"old\"")
        if not conexion.execute(cumple).scalar_one():
            declarados.remove(par)
    assert {tuple(fila) for fila in conexion.execute(pasa, lista)} == declarados

    restriccion = conexion.execute(
        text(
            "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = CAST(:t AS regclass) "
            "AND contype = 'c' AND conname = :n AND convalidated"
        ),
        {"t": vida.tabla, "n": f"ck_{vida.tabla}_estado"},
    ).scalar_one()
    admite = text(f"SELECT estado FROM unnest(CAST(:estados AS text[])) fila(estado) WHERE {restriccion}")
    assert set(conexion.execute(admite, lista).scalars()) == set(vida.estados)


def test_toda_tabla_con_estados_tiene_su_vida_declarada() -> None:
    con_estado = {t.name for t in SQLModel.metadata.tables.values() if "estado" in t.columns}
    assert con_estado == set(declaradas) | set(SIN_VIDA)


class _Luz(StrEnum):
    VERDE = "verde"
    ROJA = "roja"
    ROTA = "rota"


def _vida(**cambios: Any) -> Vida[_Luz]:
    datos: dict[str, Any] = {
        "tabla": "luz",
        "estados": _Luz,
        "pasos": {_Luz.VERDE: {_Luz.ROJA, _Luz.ROTA}, _Luz.ROJA: {_Luz.VERDE}},
        "nace": {_Luz.VERDE},
        "fines": {_Luz.ROTA},
    }
    vida: Vida[_Luz] = Vida(**datos | cambios)
    del declaradas["luz"]
    return vida


def test_un_paso_se_da_o_se_rechaza_sin_cambiar_nada() -> None:
    class Fundida(TransicionInvalida):
        codigo = "fundida"

    vida, fila = _vida(error=Fundida), SimpleNamespace(estado="verde")
    vida.pasar(fila, _Luz.ROTA)
    assert fila.estado is _Luz.ROTA
    with pytest.raises(Fundida) as rechazo:
        vida.pasar(fila, _Luz.VERDE)
    assert fila.estado is _Luz.ROTA
    assert rechazo.value.problema()["estado_actual"] == "rota"
    assert rechazo.value.detalle == "Está en estado «rota» y no puede pasar a «verde»."
    with pytest.raises(Fundida, match="Cambie el foco"):
        vida.exigir_paso(fila, _Luz.ROJA, "Cambie el foco.")


def test_lo_que_la_declaracion_imprime() -> None:
    assert _vida(solo_si={(_Luz.VERDE, _Luz.ROTA): "OLD.horas > 9"}).sql() == (
        "ALTER TABLE luz DROP CONSTRAINT IF EXISTS ck_luz_estado,\n"
        "    ADD CONSTRAINT ck_luz_estado CHECK (estado IN ('verde', 'roja', 'rota'));\n"
        "CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON luz FOR EACH ROW\n"
        "    WHEN (NEW.estado NOT IN ('verde')) EXECUTE FUNCTION nucleo_vida();\n"
        "CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON luz FOR EACH ROW\n"
        "    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado\n"
        "        WHEN 'verde' THEN NEW.estado IN ('roja') OR (NEW.estado = 'rota' AND OLD.horas > 9)\n"
        "        WHEN 'roja' THEN NEW.estado IN ('verde')\n"
        "        ELSE false END) EXECUTE FUNCTION nucleo_vida();\n"
    )


@pytest.mark.parametrize(
    "cambios",
    [
        {"fines": ()},
        {"fines": {_Luz.ROTA, _Luz.ROJA}},
        {"pasos": {_Luz.VERDE: {_Luz.ROTA}}, "fines": {_Luz.ROTA, _Luz.ROJA}},
        {"pasos": {_Luz.VERDE: {_Luz.VERDE, _Luz.ROJA, _Luz.ROTA}, _Luz.ROJA: {_Luz.VERDE}}},
        {"solo_si": {(_Luz.ROJA, _Luz.ROTA): "true"}},
    ],
    ids=["sin_fin", "fin_de_mas", "sin_entrada", "quedarse", "condicion_de_nada"],
)
def test_una_declaracion_incoherente_no_carga(cambios: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        _vida(**cambios)
    assert "luz" not in declaradas
