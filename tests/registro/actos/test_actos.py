"""Joint acts: proposed by one, done once by the last signature, judged then; ended by a no or by time."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from empresa_digital.registro import Facultad, MontoExcedido, SinFacultad, exigir_facultad, tiene_facultad
from empresa_digital.registro.actos.errores import (
    ActoInexistente,
    ActoTerminado,
    DeclaracionPendiente,
    HuellaDistinta,
    NadieMasFirma,
)
from empresa_digital.registro.actos.tareas import vencer_actos
from empresa_digital.registro.actos.verificar import verificar_actos
from empresa_digital.registro.mandatos import EsperaFirmas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import Conflicto
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.registro.actos.conftest import Colectiva, Prueba, leer


def test_hay_una_tercera_respuesta(colectiva: Colectiva) -> None:
    """Yes, no, and «with others»: which is a no wherever nobody turned it into a joint act."""
    c = colectiva
    with transaccion() as sesion:
        assert exigir_facultad(sesion, c.actores["jefa"], c.unidad.id, Facultad.PAGAR).mandato_id is not None
        assert not tiene_facultad(sesion, c.actores["ana"], c.unidad.id, Facultad.PAGAR)
        with pytest.raises(EsperaFirmas, match="es conjunto, de 2 firmas") as espera:
            exigir_facultad(sesion, c.actores["ana"], c.unidad.id, Facultad.PAGAR, bs("500"))
        assert (espera.value.codigo, espera.value.estado) == ("faltan_firmas", 403)
        with pytest.raises(SinFacultad, match="necesita un mandato") as no:
            exigir_facultad(sesion, c.actores["eva"], c.unidad.id, Facultad.PAGAR)
        assert no.value.codigo == "sin_facultad"
        with pytest.raises(SinFacultad) as otra:
            exigir_facultad(sesion, c.actores["ana"], c.unidad.id, Facultad.VENDER)
        assert otra.value.codigo == "sin_facultad"
        mirar = exigir_facultad(sesion, c.actores["ana"], c.unidad.id, Facultad.PAGAR, con_otros=True)
        assert mirar.mandato_id == c.mandatos["ana"]


def test_quien_puede_a_sola_firma_lo_hace_ya(colectiva: Colectiva) -> None:
    assert colectiva.hacer("jefa", bs("900"), "ya") == "ya"
    assert leer("SELECT count(*) FROM registro_acto") == [(0,)]


def test_se_propone_se_firma_y_se_hace_una_vez(colectiva: Colectiva) -> None:
    c = colectiva
    propuesto = c.proponer("ana", bs("500"), "semillas")
    visto = c.ver(propuesto.id)
    assert (propuesto.firmas, propuesto.faltan, visto.estado) == (2, 1, "pendiente")
    assert propuesto.vence_en - visto.creado_en == timedelta(days=15)
    assert json.loads(visto.documento) == {
        "codigo": "prueba",
        "unidad": str(c.unidad.id),
        "cuerpo": {
            "unidad": str(c.unidad.id),
            "monto": {"monto": "500.00", "moneda": "BOB"},
            "nota": "semillas",
        },
    }
    assert visto.huella == hashlib.sha256(visto.documento.encode()).hexdigest()
    assert [f.nombre for f in visto.firmas] == ["Ana Prueba"]
    assert c.hechos == []

    assert c.firmar("beto", propuesto.id) == "ejecutado"

    (hecha,) = c.hechos
    assert (hecha.actor.persona_id, hecha.mandato_id) == (c.personas["beto"].id, c.mandatos["beto"])
    assert hecha.cadena == (c.mandatos["beto"],)
    assert leer("SELECT mandatos, limite FROM registro_acto") == [
        ([c.mandatos["beto"], c.mandatos["ana"]], 50_000)
    ]
    assert c.firmar("beto", propuesto.id) == "ejecutado"  # the same again is the same one
    with pytest.raises(ActoTerminado):
        c.firmar("carla", propuesto.id)
    assert len(c.hechos) == 1
    with transaccion() as sesion:
        assert verificar_actos(sesion) == []


def test_el_menor_limite_de_quienes_firman_manda(colectiva: Colectiva) -> None:
    c = colectiva
    with pytest.raises(MontoExcedido, match=r"hasta Bs.500,00"):
        c.hacer("ana", bs("500.01"))
    grande = c.proponer("beto", bs("500.01")).id
    with pytest.raises(MontoExcedido):
        c.firmar("ana", grande)
    assert [f.nombre for f in c.ver(grande).firmas] == ["Beto Prueba"]
    assert c.firmar("carla", grande) == "ejecutado"


def test_solo_firma_quien_puede_y_lo_que_vio(colectiva: Colectiva) -> None:
    c = colectiva
    acto = c.proponer().id
    with pytest.raises(ActoInexistente):
        c.firmar("eva", acto)
    with pytest.raises(HuellaDistinta):
        c.firmar("beto", acto, huella="0" * 64)
    assert c.firmar("ana", acto) == "pendiente"  # signing twice is signing once
    assert leer("SELECT count(*) FROM registro_acto_firma") == [(1,)]
    assert c.firmar("jefa", acto) == "ejecutado"  # who may alone is also a person who may sign
    assert len(c.hechos) == 1


def test_con_dos_mandatos_del_grupo_firma_una_vez(colectiva: Colectiva) -> None:
    c = colectiva
    grupo = leer("SELECT grupo_firma FROM registro_mandato WHERE id = :id", id=c.mandatos["ana"])[0][0]
    c.apoderar("ana", Facultad.PAGAR, firmas=2, grupo=grupo)
    acto = c.proponer("ana", bs("900")).id  # by the wider of the two
    assert c.firmar("ana", acto) == "pendiente"
    assert leer("SELECT count(*) FROM registro_acto_firma") == [(1,)]


def test_la_firma_de_un_mandato_revocado_no_cuenta(colectiva: Colectiva) -> None:
    c = colectiva
    acto = c.proponer("ana").id
    c.revocar("ana")
    assert c.firmar("beto", acto) == "pendiente"
    assert [(f.nombre, f.vale) for f in c.ver(acto).firmas] == [("Ana Prueba", False), ("Beto Prueba", True)]
    assert c.firmar("carla", acto) == "ejecutado"
    assert leer("SELECT mandatos FROM registro_acto") == [([c.mandatos["carla"], c.mandatos["beto"]],)]


def test_lo_que_el_caso_de_uso_niega_sigue_esperando_con_su_razon(colectiva: Colectiva) -> None:
    c = colectiva
    acto = c.proponer("ana", bs("10")).id
    c.se_niega = "No hay saldo"
    with pytest.raises(Conflicto, match="No hay saldo"):
        c.firmar("beto", acto)
    visto = c.ver(acto)
    assert (visto.estado, visto.negado_motivo, len(visto.firmas)) == ("pendiente", "No hay saldo", 1)
    c.se_niega = ""
    assert c.firmar("beto", acto) == "ejecutado"
    assert c.ver(acto).negado_motivo is None


def test_si_se_corta_antes_de_confirmar_no_paso_nada(colectiva: Colectiva) -> None:
    """Signature and execution are one transaction: killed between them, there is neither."""
    c = colectiva
    acto = c.proponer().id

    def cortar() -> None:
        raise KeyboardInterrupt

    c.al_hacer = cortar
    with pytest.raises(KeyboardInterrupt):
        c.firmar("beto", acto)
    assert (c.ver(acto).estado, len(c.ver(acto).firmas), c.hechos) == ("pendiente", 1, [])
    c.al_hacer = lambda: None
    assert c.firmar("beto", acto) == "ejecutado"


def test_rechazar_y_retirar_lo_terminan(colectiva: Colectiva) -> None:
    c = colectiva
    uno, otro = c.proponer(nota="uno").id, c.proponer(nota="otro").id
    assert c.proponer(nota="uno").id == uno  # sent again while it waits, it is the same one
    with pytest.raises(SinFacultad, match="puede retirarlo"):
        c.rechazar("ana", uno)
    with pytest.raises(SinFacultad, match="puede rechazarlo"):
        c.retirar("beto", otro)
    with pytest.raises(ActoInexistente):
        c.rechazar("eva", uno)
    assert (c.rechazar("beto", uno), c.retirar("ana", otro)) == ("rechazado", "retirado")
    assert [(f.estado, f.motivo) for f in c.fines] == [("rechazado", "No conviene"), ("retirado", None)]
    for acto in (uno, otro):
        with pytest.raises(ActoTerminado):
            c.firmar("carla", acto)
    assert c.hechos == []


def test_el_tiempo_lo_termina(colectiva: Colectiva, reloj: Any) -> None:
    c = colectiva
    acto = c.proponer().id
    reloj.adelantar(timedelta(days=15) - timedelta(minutes=1))
    assert vencer_actos() == 0
    reloj.adelantar(timedelta(minutes=2))
    with pytest.raises(ActoTerminado, match="El plazo para firmarlo terminó"):
        c.firmar("beto", acto)
    assert (vencer_actos(), vencer_actos()) == (1, 0)
    assert (c.ver(acto).estado, [f.estado for f in c.fines]) == ("vencido", ["vencido"])
    assert leer(
        "SELECT asunto FROM ciudadania_notificacion WHERE persona_id = :p AND asunto LIKE 'Venció%'",
        p=c.personas["ana"].id,
    ) == [("Venció sin las firmas que faltaban: Pago de prueba",)]


def test_su_propio_plazo_si_es_antes(colectiva: Colectiva) -> None:
    c = colectiva
    c.plazo = ahora() + timedelta(hours=3)
    assert c.proponer().vence_en == c.plazo
    c.plazo = ahora() - timedelta(seconds=1)
    with pytest.raises(ActoTerminado, match="ya terminó"):
        c.hacer("ana")
    assert leer("SELECT count(*) FROM registro_acto") == [(1,)]


def test_sin_quien_mas_firme_no_se_propone(colectiva: Colectiva) -> None:
    c = colectiva
    c.revocar("beto")
    c.revocar("carla")
    assert c.proponer().faltan == 1  # the boss, who may alone, can still sign
    sola = c.apoderar("eva", Facultad.VENDER, firmas=2, grupo=nuevo_id())
    assert sola
    solo_de_dos = replace(c.acto, facultad=Facultad.VENDER.value, firmas_minimas=3)
    with pytest.raises(NadieMasFirma, match="3 firmas y solo 2 personas"), transaccion() as sesion:
        solo_de_dos.proponer(sesion, c.actores["eva"], Prueba(unidad=c.unidad.id), unidad_id=c.unidad.id)
    assert leer("SELECT count(*) FROM registro_acto") == [(1,)]


def test_quien_firma_declara_lo_que_se_le_pide(colectiva: Colectiva) -> None:
    c = colectiva
    c.declara = "Revisé los nombres"
    acto = c.proponer().id
    with pytest.raises(DeclaracionPendiente):
        c.firmar("beto", acto)
    assert len(c.ver(acto).firmas) == 1
    assert c.firmar("beto", acto, declara=True) == "ejecutado"


def test_se_avisa_a_quien_falta_y_a_quien_propuso(colectiva: Colectiva) -> None:
    c = colectiva
    acto = c.proponer("ana", bs("100")).id
    c.firmar("beto", acto)

    def avisos(quien: str) -> list[str]:
        filas = leer(
            "SELECT asunto FROM ciudadania_notificacion WHERE persona_id = :p AND asunto LIKE '%prueba%'",
            p=c.personas[quien].id,
        )
        return [asunto.replace("\xa0", " ") for (asunto,) in filas]

    pide = "Falta su firma: Pago de prueba por Bs 100,00"
    assert {n: avisos(n) for n in ("beto", "carla", "jefa", "eva")} == {
        "beto": [pide],
        "carla": [pide],
        "jefa": [pide],
        "eva": [],
    }
    assert avisos("ana") == ["Hecho con sus firmas: Pago de prueba por Bs 100,00"]


def test_lo_que_hace_un_acto_lo_nombra_en_la_auditoria(colectiva: Colectiva) -> None:
    c = colectiva
    acto = c.proponer().id
    c.firmar("beto", acto)
    acciones = leer(
        "SELECT accion, actor_id, mandato_id FROM nucleo_auditoria WHERE objeto_id = :a ORDER BY numero",
        a=str(acto),
    )
    ana, beto = c.personas["ana"].id, c.personas["beto"].id
    assert acciones == [
        ("acto.proponer", ana, c.mandatos["ana"]),
        ("acto.firmar", beto, c.mandatos["beto"]),
        ("acto.ejecutado", beto, c.mandatos["beto"]),
    ]


# --- What the database refuses --------------------------------------------------------------------------

OTRO = (
    "INSERT INTO registro_acto (id, codigo, unidad_id, facultad, documento, huella, grupo_firma, "
    "firmas_requeridas, propuesto_por, creado_en, vence_en, estado) SELECT gen_random_uuid(), codigo, "
    "unidad_id, facultad, {documento}, huella, grupo_firma, {k}, propuesto_por, creado_en, vence_en, "
    "'pendiente' FROM registro_acto"
)


@pytest.mark.parametrize(
    ("orden", "motivo"),
    [
        (
            "UPDATE registro_acto SET estado = 'ejecutado', resuelto_en = now(), resuelto_por = "
            "propuesto_por, mandatos = (SELECT array_agg(mandato_id) FROM registro_acto_firma)",
            "le faltan firmas",
        ),
        (
            "UPDATE registro_acto SET estado = 'vencido', resuelto_en = now()",
            "no pasa de pendiente a vencido",
        ),
        ("UPDATE registro_acto SET documento = '{}'", "lo que se firma no cambia"),
        ("UPDATE registro_acto SET monto = 1", "lo que se firma no cambia"),
        ("UPDATE registro_acto SET vence_en = vence_en + interval '1 day'", "lo que se firma no cambia"),
        ("DELETE FROM registro_acto", "no admite"),
        ("UPDATE registro_acto_firma SET firmado_en = now()", "no admite"),
        ("DELETE FROM registro_acto_firma", "no admite"),
        (
            "INSERT INTO registro_acto_firma SELECT acto_id, :eva, huella, mandato_id, NULL, now() "
            "FROM registro_acto_firma",
            "no puede firmar",
        ),
        (
            "INSERT INTO registro_acto_firma SELECT acto_id, :eva, huella, :beto_mandato, NULL, now() "
            "FROM registro_acto_firma",
            "no puede firmar",
        ),
        (
            "INSERT INTO registro_acto_firma SELECT acto_id, :beto, sha256('x'), :beto_mandato, NULL, now() "
            "FROM registro_acto_firma",
            "fk_registro_acto_firma_acto_id_huella",
        ),
        (
            "INSERT INTO registro_acto_firma SELECT acto_id, persona_id, huella, mandato_id, NULL, now() "
            "FROM registro_acto_firma",
            "pk_registro_acto_firma",
        ),
        (
            OTRO.format(documento="documento", k=1),
            "firmas",
        ),
        (
            OTRO.format(documento="documento || ' '", k=2),
            "ck_registro_acto_huella",
        ),
        ("UPDATE registro_mandato SET grupo_firma = NULL WHERE firmas_requeridas = 2", "registro_mandato"),
    ],
)
def test_la_base_no_deja(colectiva: Colectiva, duenio: Engine, orden: str, motivo: str) -> None:
    c = colectiva
    acto = c.proponer().id
    datos: dict[str, Any] = {
        "eva": c.personas["eva"].id,
        "beto": c.personas["beto"].id,
        "beto_mandato": c.mandatos["beto"],
    }
    usados = {clave: valor for clave, valor in datos.items() if f":{clave}" in orden}
    with pytest.raises(DBAPIError, match=motivo), duenio.begin() as conexion:
        conexion.execute(text(orden), usados)
    assert (c.ver(acto).estado, len(c.ver(acto).firmas)) == ("pendiente", 1)
