"""Rows of what a public entity asks of the shop: frozen searches, offers held."""

from decimal import Decimal
from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import CIUDADANO, PUBLICO, bs, fila, mandato, no
from tests.autorizacion.mercado import publicar

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
VENDE = mandato("tienda", "VENDER", "tomasa")


def preparar(e: Escena) -> None:
    """A search frozen by the municipality, and its digest."""
    from comercio.busqueda import Filtros
    from comercio.evidencias.congelar import congelar
    from comercio.sostenidas.esquemas import OfertaPedida
    from comercio.sostenidas.sostener import pedir
    from nucleo.bd import transaccion

    e.valores["producto_congelado"] = publicar(e, "Frazada de la matriz")
    with transaccion() as sesion:
        fila = congelar(
            sesion, e.actor("alberto"), e.unidades["alcaldia"].id, Filtros("frazada"), f"Abrigo {MARCA}"
        )
        e.valores |= {"busqueda_congelada": fila.id, "huella_congelada": fila.huella}
    e.valores["producto_por_sostener"] = publicar(e, "Manta de la matriz")
    alcaldia = e.unidades["alcaldia"].id
    for clave in ("oferta_pedida", "oferta_por_dejar"):
        producto_id = publicar(e, "Manta de la matriz")
        pedida = OfertaPedida(unidad_id=alcaldia, producto_id=producto_id, cantidad=Decimal(1), dias=5)
        with transaccion() as sesion:
            e.valores[clave] = pedir(sesion, e.actor("alberto"), pedida).id


def _ya_dejada(e: Escena) -> None:
    from comercio.sostenidas.sostener import dejar
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        dejar(sesion, e.actor("alberto"), e.valores["oferta_por_dejar"])


_API = "/api/v1/busquedas-congeladas"
_UNA: dict[str, Any] = {"params": {"congelada_id": "busqueda_congelada"}}
_NUEVA = {
    "unidad_id": "{unidad_alcaldia}",
    "para_que": "Abrigo",
    "producto_id": "{producto_congelado}",
    "busqueda": {"q": "frazada"},
}
_FORMULARIO = {
    "_id": "{nuevo}",
    "unidad_id": "{unidad_alcaldia}",
    "para_que": "Abrigo",
    "producto_id": "{producto_congelado}",
    "consulta": "q=frazada",
}

FILAS = [
    fila(
        "POST",
        _API,
        COMPRA,
        201,
        json=_NUEVA,
        negada=no(409, "busqueda_sin_resultados", {"busqueda": {"q": "zzqxzzqx"}, "producto_id": None}),
    ),
    fila("GET", _API, COMPRA, 200, consulta={"unidad_id": "{unidad_alcaldia}"}, contiene=True),
    fila("GET", _API + "/{congelada_id}", COMPRA, 200, rechazo=404, contiene=True, **_UNA),
    fila("GET", _API + "/por-huella/{huella}", PUBLICO, 200, params={"huella": "huella_congelada"}),
    fila("GET", "/busquedas-congeladas", CIUDADANO, 200),
    fila("GET", "/busquedas-congeladas/nueva", CIUDADANO, 200, consulta={"q": "frazada"}),
    fila(
        "POST",
        "/busquedas-congeladas",
        COMPRA,
        303,
        form=_FORMULARIO,
        a="/busquedas-congeladas/",
        negada=no(409, "no halla nada", {"consulta": "q=zzqxzzqx", "producto_id": ""}),
    ),
    fila("GET", "/busquedas-congeladas/{congelada_id:uuid}", COMPRA, 200, rechazo=404, contiene=True, **_UNA),
    fila(
        "GET",
        "/busquedas-congeladas/{congelada_id:uuid}.json",
        COMPRA,
        200,
        rechazo=404,
        contiene=True,
        **_UNA,
    ),
    fila("GET", "/busquedas-congeladas/{congelada_id:uuid}.pdf", COMPRA, 200, rechazo=404, **_UNA),
    fila("GET", "/verificar-busqueda", PUBLICO, 200),
]

_OFERTAS = "/api/v1/ofertas-sostenidas"
_PEDIDA = {
    "unidad_id": "{unidad_alcaldia}",
    "producto_id": "{producto_por_sostener}",
    "cantidad": "2",
    "dias": 5,
}
_PEDIDO = {"_id": "{nuevo}", "unidad_id": "{unidad_alcaldia}", "cantidad": "2", "dias": "5"}
_POR_SOSTENER: dict[str, Any] = {"params": {"producto_id": "producto_por_sostener"}}
_LA_PEDIDA: dict[str, Any] = {"params": {"oferta_id": "oferta_pedida"}}
_POR_DEJAR: dict[str, Any] = {"params": {"oferta_id": "oferta_por_dejar"}}
_CONSENTIDO = {"dias": 5, "importe_maximo": bs("100.00")}
_CONSENTIMIENTO = {"unidad_id": "{unidad_tienda}", "dias": "5", "importe_maximo": "100"}
FILAS += [
    fila(
        "POST",
        _OFERTAS,
        COMPRA,
        201,
        json=_PEDIDA,
        negada=no(409, "sin_existencia", {"cantidad": "11"}),
    ),
    fila("GET", _OFERTAS, COMPRA, 200, consulta={"unidad_id": "{unidad_alcaldia}"}),
    fila(
        "GET",
        "/api/v1/ofertas-por-sostener",
        VENDE,
        200,
        consulta={"unidad_id": "{unidad_tienda}"},
        alcance="productos",
    ),
    fila(
        "POST",
        _OFERTAS + "/{oferta_id}/respuesta",
        VENDE,
        200,
        json={"sostener": True},
        alcance="productos",
        rechazo=404,
        maquina=404,
        **_LA_PEDIDA,
        negada=no(422, "datos_invalidos", {"sostener": False}),
    ),
    fila(
        "POST",
        _OFERTAS + "/{oferta_id}/abandono",
        COMPRA,
        200,
        rechazo=404,
        **_POR_DEJAR,
        negada=no(409, "oferta_sostenida_terminada", antes=_ya_dejada),
    ),
    fila(
        "PUT",
        "/api/v1/unidades-economicas/{unidad_id}/consentimiento-de-ofertas",
        VENDE,
        204,
        params={"unidad_id": "unidad_tienda"},
        json=_CONSENTIDO,
        negada=no(422, "datos_invalidos", {"dias": None}),
    ),
    fila("GET", "/productos/{producto_id}/sostener", CIUDADANO, 200, **_POR_SOSTENER),
    fila(
        "POST",
        "/productos/{producto_id}/sostener",
        COMPRA,
        303,
        form=_PEDIDO,
        a="/ofertas-sostenidas",
        **_POR_SOSTENER,
        negada=no(409, "Hay 10", {"cantidad": "11"}),
    ),
    fila("GET", "/ofertas-sostenidas", CIUDADANO, 200),
    fila(
        "POST",
        "/ofertas-sostenidas/{oferta_id}/abandono",
        COMPRA,
        303,
        form={"_id": "{nuevo}"},
        a="/ofertas-sostenidas",
        rechazo=404,
        **_POR_DEJAR,
        negada=no(409, "ya terminó", antes=_ya_dejada),
    ),
    fila("GET", "/vender/ofertas-sostenidas", CIUDADANO, 200),
    fila(
        "POST",
        "/vender/ofertas-sostenidas/{oferta_id}/respuesta",
        VENDE,
        303,
        form={"_id": "{nuevo}", "sostener": "true"},
        a="/vender/ofertas-sostenidas",
        rechazo=404,
        **_LA_PEDIDA,
        negada=no(422, "Diga por qué no", {"sostener": "false"}),
    ),
    fila(
        "POST",
        "/vender/ofertas-sostenidas/consentimiento",
        VENDE,
        303,
        form={"_id": "{nuevo}", **_CONSENTIMIENTO},
        a="/vender/ofertas-sostenidas",
        negada=no(422, "los días y el monto", {"dias": ""}),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
