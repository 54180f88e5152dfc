"""What a bidder's program writes in its own way costs no bid, and a fault costs only what it is in."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.tareas import abrir_sobres, anular_sin_llave
from feria_inversa.llaves import llave_de, rellenar, sellar
from feria_inversa.ofertas.esquemas import EJEMPLO_DE_INFO
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.ofertas.ofertas import presentar_sellada
from feria_inversa.ofertas.sobres import info_de
from feria_inversa.ofertas.verificar import verificar_selladas
from feria_inversa.procesos.esquemas import EnmiendaEntrada
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from feria_inversa.procesos.versiones import enmendar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from tests.ayudas.carreras import cruzar
from tests.feria_inversa.conftest import Feria, Parte, item
from tests.feria_inversa.llaves.ayudas import Guarda, entregar, resguardo
from tests.feria_inversa.ofertas.test_selladas import cerrar, dicho_de, lineas_de, mandar, sobre_de


@pytest.fixture
def guardas(feria: Feria) -> list[Guarda]:
    return resguardo(feria)


def sellado_para(sesion: Session, id_: UUID, info: str, dicho: bytes) -> tuple[bytes, str]:
    llave = llave_de(sesion, id_)
    assert llave is not None
    return sellar(llave.publica, info, rellenar(dicho, 2)), hashlib.sha256(dicho).hexdigest()


def manda_para(feria: Feria, id_: UUID, quien: Parte, oferta_id: UUID, info: str, dicho: bytes) -> None:
    with transaccion() as sesion:
        sobre, huella = sellado_para(sesion, id_, info, dicho)
        presentar_sellada(sesion, quien.actor, id_, quien.id, sobre, huella, id_=oferta_id, version=1)


def test_en_mayusculas_se_abre_igual(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """The three ids as each program writes them, and the salt; for another bid it still does not open."""
    id_ = feria.publicada().id
    rival = feria.crear_parte("Rival")
    ids = [nuevo_id() for _n in range(3)]
    dichos = [dicho_de(lineas_de(feria, id_, precio)) for precio in ("400.00", "399.00", "398.00")]
    todo = f"qhatu-sobre-v2|{str(id_).upper()}|{str(feria.ana.id).upper()}|{str(ids[0]).upper()}|1"
    manda_para(feria, id_, feria.ana, ids[0], todo, dichos[0])
    parte = f"qhatu-sobre-v2|{id_}|{str(feria.beto.id).upper()}|{ids[1]}|1"
    manda_para(feria, id_, feria.beto, ids[1], parte, dichos[1].replace(b"ab" * 32, b"AB" * 32))
    ajeno = f"qhatu-sobre-v2|{id_}|{str(feria.ana.id).upper()}|{ids[2]}|1"
    manda_para(feria, id_, rival, ids[2], ajeno, dichos[2])
    cerrar(reloj)
    entregar(guardas[0], id_)
    acta = entregar(guardas[1], id_)
    assert acta is not None
    assert acta.ofertas == 2
    assert [i.falla for i in acta.invalidas] == ["El sobre no se abre con la llave del proceso."]
    estados = dict(sesion.exec(select(Oferta.id, Oferta.estado)).all())
    assert estados == {ids[0]: "vigente", ids[1]: "vigente", ids[2]: "invalida"}
    assert verificar_selladas(sesion) == []


def test_quien_escribe_los_identificadores_de_otro_modo_lo_sabe_al_presentar(
    feria: Feria, guardas: list[Guarda], sesion: Session, cliente: Any, token_de: Any
) -> None:
    id_ = feria.publicada().id
    ruta = f"/api/v1/convocatorias/{id_}/ofertas"
    cabeceras = {"Authorization": f"Bearer {token_de(feria.ana.persona)}"}
    cuerpo = sobre_de(id_, feria.ana, dicho_de(lineas_de(feria, id_, "400.00")), nuevo_id())
    cuerpo["unidad_id"] = str(feria.ana.id)
    for campo, escrito in (
        ("id", cuerpo["id"].upper()),
        ("id", cuerpo["id"].replace("-", "")),
        ("unidad_id", cuerpo["unidad_id"].upper()),
    ):
        negada = cliente.post(ruta, json=cuerpo | {campo: escrito}, headers=cabeceras)
        assert (negada.status_code, "en minúsculas" in negada.text) == (422, True)
    assert sesion.exec(select(Oferta.id)).all() == []
    assert cliente.post(ruta, json=cuerpo, headers=cabeceras).status_code == 201


def test_el_ejemplo_de_la_api_es_como_se_sella() -> None:
    proceso, unidad, oferta = (UUID(f"01900000-0000-7000-8000-00000000000{n}") for n in "abc")
    assert info_de(proceso, unidad, oferta, 1) == EJEMPLO_DE_INFO


def test_lo_que_no_vale_se_aparta_y_el_resto_cuenta(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any, cliente: Any
) -> None:
    """By lots: one is whole, of the other an item is missing. With nothing left a bid does not count."""
    items = [item("Silla", "10", "100.00", lote=1), item("Mesa", "4", "250.00", lote=2)]
    items.append(item("Banco", "4", "250.00", lote=2))
    id_ = feria.publicada(items=items, adjudica_por="lote", lotes=["Sillas", "Otros"]).id
    silla, mesa, _banco = lineas_de(feria, id_, "90.00", "200.00", "200.00")
    for quien, lineas in ((feria.ana, [silla, mesa]), (feria.beto, [silla | {"plazo_dias": 31}, mesa])):
        with transaccion() as otra:
            llave = llave_de(otra, id_)
            assert llave is not None
            oferta_id, dicho = nuevo_id(), dicho_de(lineas)
            sobre = sellar(llave.publica, info_de(id_, quien.id, oferta_id, 1), rellenar(dicho, 3))
            huella = hashlib.sha256(dicho).hexdigest()
            presentar_sellada(otra, quien.actor, id_, quien.id, sobre, huella, id_=oferta_id, version=1)
    cerrar(reloj)
    entregar(guardas[0], id_)
    acta = entregar(guardas[1], id_)
    assert acta is not None
    (de_ana,) = acta.detalle
    assert [linea.item for linea in de_ana.lineas] == [1]
    assert "falta el precio de 3" in de_ana.apartado
    (de_beto,) = acta.invalidas
    assert "El plazo máximo de entrega es de 30 días." in de_beto.falla
    assert "falta el precio de 3" in de_beto.falla
    assert [linea.total for linea in sesion.exec(select(OfertaLinea))] == [bs("900.00")]
    dicho_en_acta = json.loads(sesion.exec(select(Acta.contenido)).one())
    assert list(dicho_en_acta["apartadas"]) == [de_ana.huella]
    assert verificar_selladas(sesion) == []
    assert "No todo contó:" in cliente.get(f"/feria/{id_}/acta").text


def test_si_nadie_reconfirma_no_hace_falta_la_llave(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """The only bid is of a version that changed: there is nothing to open."""
    id_ = feria.publicada().id
    oferta = mandar(id_, feria.ana, dicho_de(lineas_de(feria, id_, "400.00")))
    with transaccion() as otra:
        enmendar(
            otra,
            feria.entidad.actor,
            id_,
            EnmiendaEntrada(motivo="Se aclara el lugar.", lugar_entrega="Depósito 2"),
        )
        vence_en = otra.get_one(Convocatoria, id_).vence_en
    assert vence_en is not None
    reloj.situar(vence_en + timedelta(seconds=1))
    assert cerrar_recepciones() == 1
    with transaccion() as otra:
        sigue_en = otra.get_one(Convocatoria, id_).sigue_en
    assert sigue_en is not None
    reloj.situar(sigue_en)
    assert (abrir_sobres(), anular_sin_llave()) == (1, 0)
    assert sesion.get_one(Convocatoria, id_).estado == "evaluacion"
    assert sesion.get_one(Oferta, oferta).estado == "caducada"


@pytest.mark.parametrize("que", ["id", "huella"])
def test_lo_mismo_a_la_vez_de_dos_unidades_se_dice(
    que: str, feria: Feria, guardas: list[Guarda], sesion: Session
) -> None:
    """Neither sees the other's until it is written: the second one is told, and not «500»."""
    id_ = feria.publicada().id
    ids = [nuevo_id()] * 2 if que == "id" else [nuevo_id(), nuevo_id()]
    precios = ("400.00", "399.00") if que == "id" else ("400.00", "400.00")
    dichos = [dicho_de(lineas_de(feria, id_, precio)) for precio in precios]

    def manda(quien: Parte, n: int) -> Any:
        def hacer(s: Session) -> None:
            sobre, huella = sellado_para(s, id_, info_de(id_, quien.id, ids[n], 1), dichos[n])
            presentar_sellada(s, quien.actor, id_, quien.id, sobre, huella, id_=ids[n], version=1)

        return hacer

    falla = cruzar(manda(feria.ana, 0), manda(feria.beto, 1))
    assert isinstance(falla, DatosInvalidos)
    assert list(falla.campos or {}) == [que]
    assert sesion.exec(select(Oferta.unidad_id).order_by(col(Oferta.id))).all() == [feria.ana.id]
