"""Rows of the auctions: everybody looks, who takes part bids, the entity tells of an interruption."""

from datetime import timedelta
from typing import Any

from tests.autorizacion.escena import Escena
from tests.autorizacion.feria import _habil, ofertar
from tests.autorizacion.filas import PUBLICO, Fila, bs, fila, mandato, no

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
OFERTA = mandato("tienda", "OFERTAR", "tomasa")
_UNA = "/api/v1/convocatorias/{convocatoria_id}/subasta"
_EN_SUBASTA: dict[str, Any] = {"params": {"convocatoria_id": "subastada"}}
_ABIERTA = {"convocatoria_id": "abierta"}
_NO_VE = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
_PUJA = {"unidad_id": "{unidad_tienda}", "grupo": 1, "total": bs("70000.00")}
_FORM_PUJA = {"_id": "{nuevo}", "unidad_id": "{unidad_tienda}", "grupo": "1", "total": "70000"}
_INTERRUPCION = {"termina_en": "{fin_de_subasta}", "motivo": "Se cortó la red de la entidad."}


def publicar(e: Escena) -> None:
    """A call with an auction, and the bids of two shops."""
    from feria_inversa.procesos.consultas import items_de
    from feria_inversa.procesos.convocatorias import crear_borrador, publicar_convocatoria
    from feria_inversa.procesos.esquemas import ConvocatoriaEntrada, ItemEntrada
    from nucleo.bd import transaccion

    datos = {
        "titulo": "Mobiliario que se subasta",
        "municipio_ine": "010101",
        "plazo_entrega_dias": 30,
        "subasta": True,
    }
    pedido = {
        "descripcion": "Pupitre de madera",
        "cantidad": "1000",
        "unidad_medida": "pieza",
        "precio_referencial": bs("100.00"),
    }
    with transaccion() as sesion:
        hecha = crear_borrador(
            sesion,
            e.actor("alberto"),
            e.unidades["alcaldia"].id,
            ConvocatoriaEntrada.model_validate(datos),
            [ItemEntrada.model_validate(pedido)],
        )
        e.valores |= {"subastada": hecha.id, "item_subastada": items_de(sesion, hecha.id)[0].id}
    with transaccion() as sesion:
        publicar_convocatoria(sesion, e.actor("alberto"), e.valores["subastada"], _habil(15))
    ofertar(e, "subastada")
    ofertar(e, "subastada", "rosa", "rival_tienda", como="oferta_rival_subastada")


def abrir(e: Escena) -> None:
    from feria_inversa.apertura.apertura import abrir_convocatoria
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        abrir_convocatoria(sesion, e.actor("alberto"), e.valores["subastada"])


def subastar(e: Escena) -> None:
    """It is open, and stays so while all of the matrix is asked."""
    from nucleo.reloj import ZONA

    e.administrar("UPDATE feria_subasta SET empieza_en = nucleo_ahora() - interval '1 hour'")
    e.administrar("UPDATE feria_subasta_grupo SET termina_en = nucleo_ahora() + interval '20 hours'")
    fin = _habil(3, 1) + timedelta(minutes=1)
    e.valores["fin_de_subasta"] = fin.isoformat()
    e.valores["fin_de_subasta_local"] = fin.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")


FILAS: list[Fila] = [
    fila("GET", _UNA, PUBLICO, 200, **_EN_SUBASTA),
    fila("GET", _UNA + "/eventos", PUBLICO, 200, consulta={"grupo": 1}, **_EN_SUBASTA),
    fila(
        "POST",
        _UNA + "/pujas",
        OFERTA,
        201,
        json=_PUJA,
        alcance="convocatorias",
        **_EN_SUBASTA,
        negada=no(422, "puja_insuficiente", {"total": bs("89999.00")}),
    ),
    fila(
        "POST",
        _UNA + "/interrupciones",
        COMPRA,
        201,
        json=_INTERRUPCION,
        alcance="convocatorias",
        **_EN_SUBASTA,
        negada=no(409, "estado_no_permite", params=_ABIERTA),
    ),
    fila("GET", "/feria/{convocatoria_id}/subasta", PUBLICO, 200, **_EN_SUBASTA),
    fila(
        "POST",
        "/feria/{convocatoria_id}/subasta",
        OFERTA,
        303,
        form=_FORM_PUJA,
        a="/feria/",
        **_EN_SUBASTA,
        negada=no(422, "o menos", {"total": "89999"}),
    ),
    fila(
        "POST",
        "/compras/{convocatoria_id}/subasta/interrupciones",
        COMPRA,
        303,
        form=_INTERRUPCION | {"termina_en": "{fin_de_subasta_local}"},
        a="/feria/",
        rechazo=_NO_VE,
        **_EN_SUBASTA,
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {-60: publicar, -40: abrir, 0: subastar}
