"""A budget certificate: written down once, of the year that runs, annulled or ended with it."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from empresa_digital.registro import Facultad, SinFacultad, TipoUnidad
from feria_inversa.certificaciones.errores import CertificacionNoPermite, CertificacionRepetida
from feria_inversa.certificaciones.esquemas import CertificacionEntrada
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.certificaciones.registrar import anular, registrar
from feria_inversa.certificaciones.tareas import terminar_certificaciones
from feria_inversa.certificaciones.verificar import verificar_certificaciones
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA
from pagos.presupuesto import certificados
from tests.comercio.entidades import dar_mandato
from tests.feria_inversa.conftest import Feria

MOTIVO = "La partida se reasignó a otra cosa."


def _datos(**mas: Any) -> CertificacionEntrada:
    dichos = {
        "ejecutora": "00",
        "numero": "0412",
        "fecha": "2028-05-02",
        "monto": {"monto": "12000.50", "moneda": "BOB"},
        "objeto": "39500",
        "fuente": "41",
        "concepto": "Material de escritorio",
    }
    return CertificacionEntrada.model_validate(dichos | mas)


@pytest.fixture
def en_mayo(reloj: Any) -> Any:
    reloj.situar(datetime(2028, 5, 4, 10, tzinfo=ZONA))
    return reloj


def _registrar(feria: Feria, id: UUID | None = None, **mas: Any) -> UUID:
    with transaccion() as sesion:
        return registrar(sesion, feria.entidad.actor, feria.entidad.id, _datos(**mas), id).id


def _libro(id: UUID) -> tuple[Any, Any]:
    with transaccion() as sesion:
        hay = certificados(sesion, [id])[id]
    return hay.certificado, hay.disponible


def _cuadra() -> None:
    with transaccion() as sesion:
        assert verificar_certificaciones(sesion) == []


def test_se_registra_y_el_libro_la_tiene(feria: Feria, en_mayo: Any) -> None:
    id = nuevo_id()
    assert _registrar(feria, id) == _registrar(feria, id) == id

    assert _libro(id) == (bs("12000.50"), bs("12000.50"))
    with transaccion() as sesion:
        fila = sesion.get_one(Certificacion, id)
        assert (fila.gestion, fila.estado, fila.organismo) == (2028, "vigente", None)
        assert fila.vence_en == datetime(2029, 1, 1, tzinfo=ZONA)
        assert (fila.registro, fila.persona_id) == (feria.entidad.actor.nombre, feria.entidad.persona.id)
    with pytest.raises(CertificacionRepetida):
        _registrar(feria)
    _cuadra()


@pytest.mark.parametrize(
    ("mal", "campo"),
    [
        ({"fecha": "2028-05-05"}, "fecha"),
        ({"fecha": "2027-12-31"}, "fecha"),
        ({"ejecutora": "07"}, "ejecutora"),
        ({"monto": {"monto": "0", "moneda": "BOB"}}, "monto"),
    ],
    ids=["futura", "de otra gestión", "sin declarar", "cero"],
)
def test_lo_que_no_puede_ser(mal: dict[str, Any], campo: str, feria: Feria, en_mayo: Any) -> None:
    with pytest.raises(DatosInvalidos) as negada:
        _registrar(feria, **mal)
    assert set(negada.value.campos or {}) == {campo}
    with transaccion() as sesion:
        assert sesion.connection().execute(text("SELECT count(*) FROM feria_certificacion")).scalar() == 0


def test_la_registra_quien_paga_por_la_entidad(
    feria: Feria, en_mayo: Any, crear_persona: Callable[..., Any], actor_de: Callable[..., Any]
) -> None:
    otra = feria.crear_parte("Municipio Ajeno", TipoUnidad.ENTIDAD_PUBLICA, (Facultad.PAGAR,))
    with transaccion() as sesion, pytest.raises(SinFacultad):
        registrar(sesion, otra.actor, feria.entidad.id, _datos())


def test_se_anula_lo_que_queda_con_motivo(feria: Feria, en_mayo: Any) -> None:
    id = _registrar(feria)
    with transaccion() as sesion:
        anular(sesion, feria.entidad.actor, id, MOTIVO)
    assert _libro(id) == (bs(0), bs(0))
    with transaccion() as sesion, pytest.raises(CertificacionNoPermite):
        anular(sesion, feria.entidad.actor, id, MOTIVO)
    _cuadra()


def test_termina_sola_con_su_gestion(feria: Feria, en_mayo: Any) -> None:
    id = _registrar(feria)
    en_mayo.situar(datetime(2028, 12, 31, 23, 59, 59, tzinfo=ZONA))
    assert terminar_certificaciones() == 0
    assert _libro(id) == (bs("12000.50"), bs("12000.50"))

    en_mayo.situar(datetime(2029, 1, 1, 0, 0, 1, tzinfo=ZONA))
    assert terminar_certificaciones() == 1
    assert terminar_certificaciones() == 0
    assert _libro(id) == (bs(0), bs(0))
    with transaccion() as sesion:
        fila = sesion.get_one(Certificacion, id)
        assert (fila.estado, fila.motivo, fila.termino) == ("terminada", None, "fin de certificaciones")
    _cuadra()


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE feria_certificacion SET monto = monto + 1",
        "UPDATE feria_certificacion SET objeto = '34110'",
        "DELETE FROM feria_certificacion",
        "UPDATE feria_certificacion SET estado = 'terminada', terminada_en = nucleo_ahora(), termino = 'x'",
        "UPDATE feria_certificacion SET estado = 'anulada', terminada_en = nucleo_ahora(), termino = 'x'",
    ],
    ids=["monto", "partida", "borrar", "antes de tiempo", "sin motivo"],
)
def test_la_base_lo_juzga_otra_vez(sentencia: str, feria: Feria, en_mayo: Any, duenio: Engine) -> None:
    _registrar(feria)
    with pytest.raises(DBAPIError), duenio.begin() as conexion:
        conexion.execute(text(sentencia))


def test_dice_lo_que_su_mandato_certifico(feria: Feria, en_mayo: Any, bd: Engine) -> None:
    """Whatever program writes it: there is none of which the ledger has nothing."""
    _registrar(feria)
    otra = (
        "INSERT INTO feria_certificacion SELECT (jsonb_populate_record(f, jsonb_build_object("
        "'id', gen_random_uuid(), 'numero', 'OTRA'))).* FROM feria_certificacion f"
    )
    with pytest.raises(DBAPIError, match="its mandate did not certify"), bd.begin() as conexion:
        conexion.execute(text(otra))
    with transaccion() as sesion:
        assert sesion.connection().execute(text("SELECT count(*) FROM feria_certificacion")).scalar() == 1
    _cuadra()


def test_la_entidad_la_registra_en_su_pagina_y_nadie_mas_la_ve(
    feria: Feria, en_mayo: Any, sesion_web: Callable[..., Any]
) -> None:
    suya, ajena = sesion_web(feria.entidad.persona), sesion_web(feria.ana.persona)
    lista = f"/entidades/{feria.entidad.id}/certificaciones"
    assert "Todavía no hay ninguna" in suya.get(lista).text
    datos = {
        "ejecutora": "00",
        "numero": "cert-7",
        "fecha": date(2028, 5, 2).isoformat(),
        "monto": "1.500,00",
        "objeto": "3950",
        "concepto": "Útiles escolares",
    }
    mal = suya.post(lista, data=datos)
    assert mal.status_code == 422
    assert "La partida tiene cinco números" in mal.text
    assert "Útiles escolares" in mal.text
    hecha = suya.post(lista, data=datos | {"objeto": "39500"})
    assert hecha.status_code == 303
    una = hecha.headers["location"]
    pagina = suya.get(una).text.replace("\xa0", " ")
    for dicho in ("Certificación CERT-7 de 2028", "Bs 1.500,00", "No se dijo", "31 de diciembre de 2028"):
        assert dicho in pagina
    assert ajena.get(una).status_code == 404
    assert ajena.get(lista).status_code == 403
    anulada = suya.post(una + "/anulacion", data={"motivo": MOTIVO})
    assert anulada.headers["location"] == una
    assert MOTIVO in suya.get(una).text


def test_un_error_no_deja_nada(feria: Feria, en_mayo: Any) -> None:
    """Of another entity, its number is its own."""
    _registrar(feria)
    vecina = feria.crear_parte("Municipio Vecino", TipoUnidad.ENTIDAD_PUBLICA, (Facultad.PAGAR,))
    with transaccion() as sesion, pytest.raises(ErrorDominio):
        registrar(sesion, vecina.actor, vecina.id, _datos())  # it is qualified for nothing
    _cuadra()


def test_no_se_certifica_mas_de_lo_que_mueve_el_libro(feria: Feria, en_mayo: Any) -> None:
    """Ten thousand million, and not a centavo more: it is said so."""
    al_tope = _registrar(feria, monto={"monto": "10000000000.00", "moneda": "BOB"})
    assert _libro(al_tope)[0] == bs("10000000000.00")
    with pytest.raises(DatosInvalidos, match="Una certificación es de a lo más"):
        _registrar(feria, numero="0413", monto={"monto": "10000000000.01", "moneda": "BOB"})


def test_la_mal_escrita_se_anula_y_se_registra_la_verdadera(feria: Feria, en_mayo: Any) -> None:
    """With its own number: of those in force or ended, one."""
    mal = _registrar(feria, monto={"monto": "1200.50", "moneda": "BOB"})
    with transaccion() as sesion:
        anular(sesion, feria.entidad.actor, mal, MOTIVO)
    verdadera = _registrar(feria)
    assert (_libro(mal)[0], _libro(verdadera)[0]) == (bs(0), bs("12000.50"))
    with pytest.raises(CertificacionRepetida, match="ya está registrada"):
        _registrar(feria)
    _cuadra()


def test_el_mismo_identificador_es_la_misma_entera(feria: Feria, en_mayo: Any) -> None:
    id = _registrar(feria, nuevo_id())
    for otra in ({"monto": {"monto": "12000.51", "moneda": "BOB"}}, {"concepto": "Otra cosa"}):
        with pytest.raises(DatosInvalidos, match="ya está en uso"):
            _registrar(feria, id, **otra)
    assert _libro(id)[0] == bs("12000.50")


@pytest.fixture
def juntas(feria: Feria, crear_persona: Callable[..., Any]) -> list[Any]:
    """Dina and Elsa pay together, and nobody else does alone but who is of the fixture."""
    gente, grupo = [crear_persona(n) for n in ("Dina", "Elsa")], nuevo_id()
    for persona in gente:
        dar_mandato(feria.entidad, persona, Facultad.PAGAR, firmas=2, grupo=grupo)
    return gente


def _firmar(cliente: Any, acto: str) -> Any:
    huella = re.search(r'name="huella" value="([0-9a-f]{64})"', cliente.get(acto).text)
    assert huella is not None
    return cliente.post(f"{acto}/firmar", data={"huella": huella[1]})


def _filas() -> list[tuple[Any, ...]]:
    with transaccion() as sesion:
        consulta = text("SELECT numero, estado, registro, termino FROM feria_certificacion")
        return [tuple(fila) for fila in sesion.connection().execute(consulta)]


def test_quienes_solo_firman_juntas_la_registran_y_la_anulan(
    feria: Feria, en_mayo: Any, juntas: list[Any], sesion_web: Callable[..., Any]
) -> None:
    """What is wrong is said before anybody signs; the last signature does it, and both did."""
    dina, elsa = (sesion_web(p) for p in juntas)
    lista = f"/entidades/{feria.entidad.id}/certificaciones"
    assert "Su mandato es conjunto" in dina.get(lista).text
    datos = {
        "ejecutora": "00",
        "numero": "0412",
        "fecha": "2028-05-02",
        "monto": "1.500,00",
        "objeto": "39500",
        "concepto": "Útiles escolares",
    }
    assert dina.post(lista, data=datos | {"fecha": "2028-05-05"}).status_code == 422
    acto = dina.post(lista, data=datos).headers["location"]
    assert acto.startswith("/por-firmar/")
    assert _filas() == []
    assert f'href="{acto}"' in elsa.get(lista).text
    assert "Bs\xa01.500,00" in elsa.get(acto).text
    assert _firmar(elsa, acto).status_code == 303
    assert _filas() == [("0412", "vigente", "Dina Prueba, Elsa Prueba", None)]
    repetida = dina.post(lista, data=datos)
    assert (repetida.status_code, "ya está registrada" in repetida.text) == (409, True)
    una = dina.get(lista).text.split('href="/certificaciones/')[1].split('"')[0]
    clave = {"Idempotency-Key": str(nuevo_id())}
    api = f"/api/v1/certificaciones-presupuestarias/{una}/anulacion"
    espera = dina.post(api, json={"motivo": MOTIVO}, headers=clave)
    assert (espera.status_code, espera.json()["faltan"]) == (202, 1)
    assert "Su anulación espera 1 firma" in elsa.get(f"/certificaciones/{una}").text
    assert _firmar(elsa, f"/por-firmar/{espera.json()['id']}").status_code == 303
    assert _filas() == [("0412", "anulada", "Dina Prueba, Elsa Prueba", "Dina Prueba, Elsa Prueba")]
    _cuadra()
