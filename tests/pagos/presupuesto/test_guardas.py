"""What the ledger lets move budget, whatever a room asks for: never beside money, and by whom it is."""

import uuid
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from empresa_digital.registro import Facultad
from nucleo.bd import transaccion
from nucleo.dinero import bs
from pagos.libro import Codigo, asuntos
from pagos.presupuesto import CLASE_COMPROMISO, ejecutar
from pagos.presupuesto.cuentas import cuentas_de_compromiso
from tests.pagos.conftest import Libro
from tests.pagos.presupuesto.conftest import SISTEMA, Municipio, foto, verificado

CUENTAS = ("techo", "presupuesto", "compromiso", "ejecutado", "persona", "unidad", "custodia", "mundo")
CAMINOS = {
    ("techo", "presupuesto"): {Codigo.CERTIFICACION},
    ("presupuesto", "compromiso"): {Codigo.COMPROMISO},
    ("compromiso", "ejecutado"): {Codigo.EJECUCION},
    ("compromiso", "presupuesto"): {Codigo.LIBERACION_DE_COMPROMISO},
    ("presupuesto", "techo"): {Codigo.REVERSION_DE_CERTIFICACION},
}


@pytest.fixture
def cuentas(libro: Libro, municipio: Municipio) -> dict[str, int]:
    (asunto,) = municipio.comprometer("60.00")
    with transaccion() as sesion:
        ejecutar(sesion, SISTEMA, asunto, bs(10), id=uuid.uuid4())
        presupuesto, compromiso = cuentas_de_compromiso(sesion, asunto)
    de_la_plataforma = {
        que: libro.uno("SELECT pagos_cuenta_de_presupuesto(%s)", que) for que in ("techo", "ejecutado")
    }
    custodia = libro.uno("SELECT cuenta FROM pagos_cuenta_de_asunto('trueque', %s)", uuid.uuid4())
    otras = {
        "persona": libro.cuenta(1_000),
        "unidad": libro.cuenta(1_000, titular_tipo="unidad", tipo="comercio"),
        "custodia": custodia,
        "mundo": libro.mundo(),
    }
    assert libro.mover(otras["mundo"], custodia, 1_000, codigo=110) == "ok"
    return {"presupuesto": presupuesto, "compromiso": compromiso} | de_la_plataforma | otras


def acto(municipio: Municipio) -> dict[str, Any]:
    quien = municipio.autorizacion
    return {"quien": quien.actor.id, "unidad": quien.unidad_id, "mandato": quien.mandato_id}


@pytest.mark.parametrize("de", CUENTAS[:4])
@pytest.mark.parametrize("por", ["la entidad", "nadie"])
@pytest.mark.parametrize("tipo", ["simple", "pendiente"])
def test_cada_motivo_y_cada_camino(
    libro: Libro, municipio: Municipio, cuentas: dict[str, int], de: str, tipo: str, por: str
) -> None:
    """Budget never reaches money, and moves inside itself only as it may: alone (the express lane is tried
    first when nobody's mandate is to be judged), and in a batch."""
    quien = acto(municipio) if por == "la entidad" else {}
    de_nadie = {
        Codigo.EJECUCION,
        Codigo.LIBERACION_DE_COMPROMISO,
        Codigo.REVERSION_DE_CERTIFICACION,  # the platform's, when the year of a certificate ended
    }
    pedidos, esperado = [], []
    for a in CUENTAS:
        for codigo in [c for c in Codigo if a != de]:
            pedidos.append(
                {
                    "debito": cuentas[de],
                    "credito": cuentas[a],
                    "monto": 1,
                    "codigo": int(codigo),
                    "tipo": tipo,
                }
                | quien
            )
            puede = (
                tipo == "simple" and codigo in CAMINOS.get((de, a), set()) and (quien or codigo in de_nadie)
            )
            esperado.append(
                "monedas_distintas" if a in CUENTAS[4:] else "ok" if puede else "motivo_no_corresponde"
            )
    assert [libro.lote(p)[0] for p in pedidos] == esperado
    assert libro.lote(*pedidos) == esperado


@pytest.mark.parametrize("de", CUENTAS[4:])
def test_el_dinero_no_llega_al_presupuesto_ni_usa_sus_motivos(
    libro: Libro, cuentas: dict[str, int], de: str
) -> None:
    for a in CUENTAS[:4]:
        pedidos = [
            {"debito": cuentas[de], "credito": cuentas[a], "monto": 1, "codigo": int(c)} for c in Codigo
        ]
        antes = libro.foto()
        assert {libro.lote(p)[0] for p in pedidos} == {"monedas_distintas"}
        assert set(libro.lote(*pedidos)) == {"monedas_distintas"}
        assert libro.foto() == antes
    for a in [x for x in CUENTAS[4:] if x != de]:
        pedidos = [
            {"debito": cuentas[de], "credito": cuentas[a], "monto": 1, "codigo": c} for c in range(120, 130)
        ]
        antes = libro.foto()
        assert {libro.lote(p)[0] for p in pedidos} == {"motivo_no_corresponde"}
        assert set(libro.lote(*pedidos)) == {"motivo_no_corresponde"}
        assert libro.foto() == antes


@pytest.mark.parametrize("falta", ["mandato", "unidad", "todo", "otra"])
def test_el_libro_pide_a_la_entidad(
    libro: Libro, municipio: Municipio, otro: Municipio, cuentas: dict[str, int], falta: str
) -> None:
    """Whatever the room asks for: without the mandate of whose it is, none comes nor is committed, and by
    another's none goes; only the platform reverts by itself."""
    suyo = acto(municipio)
    quien = {
        "mandato": suyo | {"mandato": None},
        "unidad": suyo | {"unidad": otro.unidad.id},
        "todo": {},
        "otra": acto(otro),
    }[falta]
    for codigo, de, a in (
        (120, "techo", "presupuesto"),
        (121, "presupuesto", "compromiso"),
        (124, "presupuesto", "techo"),
    ):
        antes = libro.foto()
        pedido = {"debito": cuentas[de], "credito": cuentas[a], "monto": 1, "codigo": codigo} | quien
        esperado = "mandato_ajeno" if falta == "unidad" else "motivo_no_corresponde"
        if codigo == 124 and falta in {"mandato", "todo"}:
            assert libro.lote(pedido) == ["ok"]
        else:
            assert libro.lote(pedido) == [esperado]
            assert libro.foto() == antes


@pytest.mark.parametrize(
    ("codigo", "de", "a", "deja"),
    [
        (120, "techo", "presupuesto", Facultad.PAGAR),
        (121, "presupuesto", "compromiso", Facultad.COMPRAR),
        (124, "presupuesto", "techo", Facultad.PAGAR),
    ],
)
def test_el_libro_pide_la_facultad_de_cada_acto(
    libro: Libro,
    municipio: Municipio,
    cuentas: dict[str, int],
    crear_persona: Callable[..., Any],
    otorgar: Callable[..., None],
    codigo: int,
    de: str,
    a: str,
    deja: Facultad,
) -> None:
    """A mandate of its entity is not enough, nor one that does not reach."""
    camino = {"debito": cuentas[de], "credito": cuentas[a], "codigo": codigo}
    for facultad in (Facultad.CONSULTAR, Facultad.VENDER, Facultad.COMPRAR, Facultad.PAGAR):
        persona = crear_persona("Quien actúa")
        otorgar(municipio.unidad.id, persona, facultad, limite="10.00")
        suyo = libro.uno("SELECT id FROM registro_mandato WHERE apoderado_persona_id = %s", persona.id)
        por = camino | {"quien": persona.id, "unidad": municipio.unidad.id, "mandato": suyo}
        antes = libro.foto()
        if facultad is not deja:
            assert libro.lote(por | {"monto": 1}) == ["mandato_sin_facultad"]
            assert libro.foto() == antes
            continue
        assert libro.lote(por | {"monto": 1_001}) == ["ok" if codigo == 124 else "limite_de_mandato_acto"]
        assert libro.lote(por | {"monto": 1_000}) == ["ok"]


def test_lo_liberado_vuelve_a_su_certificado(libro: Libro, municipio: Municipio, otro: Municipio) -> None:
    (asunto,) = municipio.comprometer("60.00")
    (ajeno,) = otro.comprometer("1.00")
    with transaccion() as sesion:
        presupuesto, compromiso = cuentas_de_compromiso(sesion, asunto)
        de_otro, _compromiso = cuentas_de_compromiso(sesion, ajeno)
    antes = foto(libro)
    assert libro.mover(compromiso, de_otro, 1, codigo=123) == "motivo_no_corresponde"
    assert libro.mover(de_otro, compromiso, 1, codigo=121, **acto(otro)) == "motivo_no_corresponde"
    assert foto(libro) == antes
    assert libro.mover(compromiso, presupuesto, 1, codigo=123) == "ok"


# --- What the database refuses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columnas", "restriccion"),
    [
        ({"moneda": "BOB"}, "presupuesto"),
        ({"moneda": "USD"}, "presupuesto"),
        ({"tipo": "custodia", "asunto": "trueque"}, "presupuesto"),
        ({"titular_tipo": "unidad", "asunto": None}, "presupuesto"),
        ({"titular_tipo": "persona", "asunto": None}, "presupuesto"),
        ({"tipo": "techo"}, "presupuesto"),
        ({"tipo": "ejecutado"}, "presupuesto"),
        ({"asunto": "pedido_comprometido"}, "asunto"),
        ({"tipo": "compromiso"}, "asunto"),
        ({"asunto": "trueque"}, "asunto"),
        ({"nivel": 1}, "presupuesto"),
        ({"debitos_no_exceden_creditos": False}, "sin_sobregiro_ajeno"),
        ({"moneda": "BOB", "tipo": "custodia"}, "asunto"),
        (
            {"tipo": "ejecutado", "titular_tipo": "sistema", "titular_id": uuid.UUID(int=0), "asunto": None}
            | {"debitos_no_exceden_creditos": False},
            "presupuesto",
        ),
        (
            {"tipo": "techo", "titular_tipo": "sistema", "titular_id": uuid.UUID(int=0), "asunto": None},
            "presupuesto",
        ),
    ],
)
def test_una_cuenta_de_presupuesto_nace_entera(
    libro: Libro, columnas: dict[str, Any], restriccion: str
) -> None:
    base = {"titular_tipo": "asunto", "tipo": "presupuesto", "moneda": "BOP", "asunto": "certificacion"}
    with pytest.raises(psycopg.errors.CheckViolation) as rechazo:
        libro.cuenta(**base | columnas)
    assert rechazo.value.diag.constraint_name == f"ck_pagos_cuenta_{restriccion}"
    assert libro.uno("SELECT count(*) FROM pagos_cuenta") == 0


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE pagos_certificado SET unidad_id = gen_random_uuid()",
        "DELETE FROM pagos_certificado",
        "UPDATE pagos_compromiso SET certificado_id = gen_random_uuid()",
        "DELETE FROM pagos_compromiso",
    ],
)
def test_de_quien_es_no_se_toca(libro: Libro, municipio: Municipio, orden: str) -> None:
    """Nor does the tables' owner change it."""
    municipio.comprometer("1.00")
    antes = foto(libro)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        libro.conexion.execute(orden)
    with pytest.raises(psycopg.DatabaseError, match="no admite"):
        libro.duenio.execute(orden)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        libro.conexion.execute(
            "INSERT INTO pagos_certificado (id, unidad_id, cuenta) "
            "SELECT gen_random_uuid(), unidad_id, 1 FROM pagos_certificado"
        )
    assert foto(libro) == antes


@pytest.mark.parametrize("tipo", ["presupuesto", "compromiso", "billetera", "custodia"])
def test_la_plataforma_no_abre_otras(libro: Libro, tipo: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        libro.conexion.execute("SELECT pagos_cuenta_de_presupuesto(%s)", [tipo])
    assert libro.uno("SELECT count(*) FROM pagos_cuenta") == 0


@pytest.mark.parametrize("tipo", ["techo", "ejecutado", "presupuesto", "compromiso"])
@pytest.mark.parametrize("titular", ["sistema", "unidad"])
def test_ni_se_abren_en_dinero(libro: Libro, municipio: Municipio, tipo: str, titular: str) -> None:
    id = uuid.UUID(int=0) if titular == "sistema" else municipio.unidad.id
    antes = libro.foto()
    with pytest.raises(psycopg.errors.CheckViolation):
        libro.conexion.execute("SELECT pagos_abrir(%s, %s, %s, 0::smallint)", [id, titular, tipo])
    assert libro.foto() == antes


# --- What is verified --------------------------------------------------------------------------------------


def forzar(libro: Libro, orden: str) -> None:
    libro.corrompido = True
    with psycopg.connect(libro.url_admin, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(orden)


@pytest.mark.parametrize(
    ("orden", "clases"),
    [
        (
            "UPDATE pagos_cuenta SET creditos_contabilizados = creditos_contabilizados + 1 "
            "WHERE tipo = 'presupuesto'",
            {"total", "certificado"},
        ),
        (
            "UPDATE pagos_cuenta SET creditos_contabilizados = creditos_contabilizados + 1 "
            "WHERE tipo = 'compromiso'",
            {"total", "compromiso"},
        ),
        ("UPDATE pagos_cuenta SET moneda = 'BOB' WHERE tipo = 'ejecutado'", {"total", "cuenta", "motivo"}),
        ("UPDATE pagos_cuenta SET asunto = 'trueque' WHERE tipo = 'presupuesto'", {"cuenta"}),
        ("UPDATE pagos_cuenta SET debitos_no_exceden_creditos = false WHERE tipo = 'compromiso'", {"cuenta"}),
        ("DELETE FROM pagos_compromiso", {"cuenta", "motivo", "certificado"}),
        ("UPDATE pagos_certificado SET unidad_id = gen_random_uuid()", {"motivo"}),
        (
            "UPDATE pagos_transferencia SET codigo = 103 WHERE codigo = 122",
            {"motivo", "certificado", "compromiso"},
        ),
        ("UPDATE pagos_transferencia SET mandato = NULL WHERE codigo = 121", {"motivo"}),
        ("UPDATE registro_mandato SET facultades = '{CONSULTAR}'", {"mandato"}),
        ("UPDATE pagos_transferencia SET monto = monto + 1 WHERE codigo = 120", {"certificado"}),
    ],
)
def test_verify_ve_lo_forzado(libro: Libro, municipio: Municipio, orden: str, clases: set[str]) -> None:
    (asunto,) = municipio.comprometer("60.00")
    with transaccion() as sesion:
        ejecutar(sesion, SISTEMA, asunto, bs(10), id=uuid.uuid4())
    assert verificado() == []
    forzar(libro, orden)
    assert {linea.split(":")[0] for linea in verificado()} == clases


def test_un_pedido_puede_tener_dinero_y_compromiso(
    libro: Libro, municipio: Municipio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each account is told by its class: one that nobody answers for is named though the other one lives."""
    vivos: dict[str, set[uuid.UUID]] = {"trueque": set(), CLASE_COMPROMISO: set()}
    monkeypatch.setattr(asuntos, "_clases", dict(asuntos._clases))
    for clase in vivos:
        asuntos._clases[clase] = (lambda _sesion, ids, c=clase: vivos[c] & set(ids), clase)
    (asunto,) = municipio.comprometer("60.00")
    custodia = libro.uno("SELECT cuenta FROM pagos_cuenta_de_asunto('trueque', %s)", asunto)
    assert libro.mover(libro.mundo(), custodia, 100, codigo=110) == "ok"
    with transaccion() as sesion:
        compromiso = cuentas_de_compromiso(sesion, asunto)[1]
    de_dinero = f"sin_duenio: cuenta {custodia}, trueque {asunto}: tiene Bs\xa01,00 y el asunto no vive"
    de_presupuesto = (
        f"sin_duenio: cuenta {compromiso}, {CLASE_COMPROMISO} {asunto}: tiene Bs\xa060,00 de presupuesto "
        "y el asunto no vive"
    )

    def dicho() -> list[str]:
        with transaccion() as sesion:
            return sorted(asuntos.verificar_asuntos(sesion))

    assert dicho() == sorted([de_dinero, de_presupuesto])
    vivos["trueque"].add(asunto)
    assert dicho() == [de_presupuesto]
    vivos[CLASE_COMPROMISO].add(asunto)
    assert dicho() == []
