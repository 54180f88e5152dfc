"""A process without a call: what was quoted is opened, decided and ordered as any other; nobody else bids."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from feria_inversa.apertura import SinConvocatoriaEntrada, acta_de, registrar_sin_convocatoria
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.datos_abiertos.ocds import contenido_de
from feria_inversa.entidades import CuceNoCorresponde
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.verificar import verificar_decisiones
from feria_inversa.ofertas import ofertas_abiertas
from feria_inversa.ofertas.errores import OfertaTardia
from feria_inversa.procesos.consultas import como_esta
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.errores import ErrorDominio
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, Parte, item
from tests.feria_inversa.expediente.test_actos import huella

CAUSA = "Servicio básico con un solo proveedor."
DE_SICOES = "24-1101-00-1416504-0-E"


def _linea(feria: Feria, id_: UUID, precio: str, plazo_dias: int = 5) -> dict[str, Any]:
    (pedido,) = feria.items(id_)
    precio_unitario = {"monto": precio, "moneda": "BOB"}
    return {"item_id": pedido.id, "precio_unitario": precio_unitario, "marca": "—", "plazo_dias": plazo_dias}


def _registrar(feria: Feria, id_: UUID, *cotizaciones: tuple[Parte, str], **cambios: Any) -> Convocatoria:
    datos = {
        "modalidad": "CD",
        "causa": CAUSA,
        "cotizaciones": [
            {"proveedor_id": parte.id, "lineas": [_linea(feria, id_, precio)]}
            for parte, precio in cotizaciones
        ],
    }
    with transaccion() as sesion:
        return registrar_sin_convocatoria(
            sesion, feria.entidad.actor, id_, SinConvocatoriaEntrada.model_validate(datos | cambios)
        )


@pytest.fixture
def borrador(feria: Feria) -> UUID:
    return feria.borrador([item("Energía eléctrica de un mes", "1", "900.00", "servicio")]).id


def test_se_cotiza_se_decide_y_se_ordena(
    feria: Feria, borrador: UUID, sesion: Session, cliente: Any, sesion_web: Any, aplicacion: Any
) -> None:
    proceso = _registrar(feria, borrador, (feria.ana, "850.00"), (feria.beto, "840.00"), norma="NB-SABS")
    assert proceso.cuce is not None
    assert proceso.cuce.endswith("-1101-00-000001-0-E")
    assert (proceso.estado, proceso.vence_en) == ("evaluacion", None)
    fila = sesion.get_one(Convocatoria, borrador)
    acta = acta_de(sesion, fila)
    assert acta is not None
    assert (acta.cierre, acta.sin_convocatoria, acta.ofertas) == (None, CAUSA, 2)
    abiertas = {o.proveedor.id: o.oferta.id for o in ofertas_abiertas(sesion, fila)}
    sesion.rollback()
    entregar_pendientes()
    asuntos = text("SELECT asunto FROM ciudadania_notificacion WHERE unidad_id = :u")
    dichos = sesion.connection().execute(asuntos, {"u": feria.ana.id}).scalars().all()
    assert "Una entidad anotó su cotización: Mobiliario escolar" in dichos
    assert not [asunto for asunto in dichos if "sobres" in asunto]
    sesion.rollback()
    with pytest.raises(OfertaTardia):
        feria.ofertar(feria.crear_parte("Taller Tarde"), borrador, ["1.00"])

    (pedido,) = feria.items(borrador)
    with transaccion() as otra:
        decision = DecisionEntrada(item_id=pedido.id, oferta_id=abiertas[feria.beto.id])
        adjudicar(otra, feria.entidad.actor, borrador, [decision])
    with transaccion() as otra:
        (orden,) = emitir_ordenes(otra, feria.entidad.actor, borrador)
    assert orden.numero[8:] == "1101-00-00001"
    publica = cliente.get(f"/feria/{borrador}").text
    assert CAUSA in publica
    assert "/cronograma" not in publica
    assert "/cronograma" not in sesion_web(feria.entidad.persona).get(f"/compras/{borrador}").text
    assert "Las anotó" in publica
    recibo = sesion_web(feria.ana.persona).get(f"/ofertas/{abiertas[feria.ana.id]}").text
    assert "La anotó la entidad: no hubo convocatoria ni sobres." in recibo
    for de_sobres in ("abrió los sobres", "Apertura de sobres", "oferta abierta", "Guarde la huella"):
        assert de_sobres not in publica + recibo
    assert "Sin convocatoria" in cliente.get(f"/feria/{borrador}/acta").text
    assert cliente.get(f"/feria/{borrador}/cronograma").status_code == 404
    fila = sesion.get_one(Convocatoria, borrador)
    assert como_esta(fila) == "contratado"
    licitacion = contenido_de(sesion, fila)["tender"]
    assert "tenderPeriod" not in licitacion
    assert licitacion["procurementMethod"] == "direct"
    assert verificar_decisiones(sesion) == []


def test_conserva_su_codigo_de_sicoes(feria: Feria, borrador: UUID) -> None:
    assert _registrar(feria, borrador, (feria.ana, "850.00"), cuce=DE_SICOES).cuce == DE_SICOES


@pytest.mark.parametrize(
    ("quienes", "cambios", "dice"),
    [
        (("ana",), {"cuce": "24-1101-00-1416504-1-1"}, "termina en 0-E"),
        (("ana", "ana"), {}, "dos veces"),
        (("entidad",), {}, "No está habilitado"),
        (("ana",), {"modalidad": "LP"}, "corresponde CM"),
        (("ana",), {"modalidad": "CD", "norma": "BM"}, "corresponde|Ninguna modalidad"),
    ],
    ids=["codigo", "repetido", "la_entidad", "monto", "norma"],
)
def test_lo_que_no_se_registra(
    quienes: tuple[str, ...], cambios: Any, dice: str, feria: Feria, borrador: UUID, sesion: Session
) -> None:
    antes = huella(sesion)
    with pytest.raises(ErrorDominio, match=dice):
        _registrar(feria, borrador, *[(getattr(feria, q), "850.00") for q in quienes], **cambios)
    assert huella(sesion) == antes


def test_no_se_publica_con_un_codigo_sin_convocatoria(feria: Feria, sesion: Session) -> None:
    id_ = feria.borrador().id
    antes = huella(sesion)
    with pytest.raises(CuceNoCorresponde, match="regístrelo con su cotización"), transaccion() as otra:
        publicar_convocatoria(otra, feria.entidad.actor, id_, ahora() + timedelta(days=9), cuce=DE_SICOES)
    assert huella(sesion) == antes


def test_solo_lo_que_no_tuvo_convocatoria_carece_de_cierre(feria: Feria, duenio: Engine) -> None:
    feria.publicada()
    sin_cierre = text(
        "ALTER TABLE feria_convocatoria DISABLE TRIGGER USER; UPDATE feria_convocatoria SET vence_en = NULL"
    )
    with pytest.raises(IntegrityError, match="publicada"), duenio.begin() as conexion:
        conexion.execute(sin_cierre)
