"""Rows of the files of bids: one that is uploaded, and one that was opened."""

from typing import Any

from tests.autorizacion.escena import Escena
from tests.autorizacion.feria import _habil, borrador
from tests.autorizacion.filas import Fila, fila, mandato, no
from tests.ayudas.papeles import un_pdf

OFERTA = mandato("tienda", "OFERTAR", "tomasa")
_CON = "convocatorias"


def _pedir(e: Escena, clave: str) -> None:
    from feria_inversa.procesos.convocatorias import publicar_convocatoria
    from feria_inversa.procesos.documentos import pedir_documentos
    from feria_inversa.procesos.esquemas import PedidoEntrada
    from nucleo.bd import transaccion

    borrador(e, clave)
    with transaccion() as sesion:
        pedido = PedidoEntrada(nombre="Registro de la matriz", subsanable=True)
        pedir_documentos(sesion, e.actor("alberto"), e.valores[clave], [pedido])
    with transaccion() as sesion:
        publicar_convocatoria(sesion, e.actor("alberto"), e.valores[clave], _habil(15))


def traer(e: Escena) -> None:
    """A call of some time ago, with a bid of the shop that brought what it asks for."""
    from feria_inversa.ofertas.archivos import adjuntar
    from feria_inversa.ofertas.esquemas import LineaEntrada
    from feria_inversa.ofertas.ofertas import presentar_oferta
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id

    _pedir(e, "traida")
    actor, de, id_ = e.actor("tomasa"), e.unidades["tienda"].id, nuevo_id()
    datos = {"item_id": e.valores["item_traida"], "marca": "Artesanal", "plazo_dias": 15}
    linea = LineaEntrada.model_validate(datos | {"precio_unitario": {"monto": "90.00", "moneda": "BOB"}})
    with transaccion() as sesion:
        pdf = Recibido.de_bytes(un_pdf())
        adjuntos = adjuntar(sesion, actor, e.valores["traida"], de, id_, {1: pdf})
        presentar_oferta(sesion, actor, e.valores["traida"], de, [linea], id_=id_, adjuntos=adjuntos)
    e.valores["oferta_traida"] = id_


def abrir(e: Escena) -> None:
    """It was opened and read; another one takes bids."""
    from feria_inversa.apertura.apertura import abrir_convocatoria
    from feria_inversa.ofertas.archivos_abiertos import leer_archivo
    from nucleo.bd import transaccion

    e.valores["cifrado"] = b"x" * (28 + 256 * 1024)
    with transaccion() as sesion:
        abrir_convocatoria(sesion, e.actor("alberto"), e.valores["traida"])
    with transaccion() as sesion:
        leer_archivo(sesion, e.valores["oferta_traida"], 1)
    _pedir(e, "con_pedido")


_ARCHIVO = "/convocatorias/{convocatoria_id}/ofertas/{oferta_id}/archivos/{numero}"
_PAGINA = "/feria/{convocatoria_id}/ofertas/{oferta_id}/archivos/{numero}"
_LEIDO: dict[str, Any] = {
    "params": {"convocatoria_id": "traida", "oferta_id": "oferta_traida", "numero": "un_documento"}
}
_SUBE = {"convocatoria_id": "con_pedido", "oferta_id": "nuevo", "numero": "un_documento"}
FILAS: list[Fila] = [
    fila(
        "PUT",
        "/api/v1" + _ARCHIVO,
        OFERTA,
        200,
        form={"unidad_id": "{unidad_tienda}"},
        archivo=("archivo", "cifrado", "cifrado"),
        alcance=_CON,
        params=_SUBE,
        negada=no(422, "datos_invalidos", params={"numero": "documento_de_mas"}),
    ),
    fila("GET", "/api/v1" + _ARCHIVO, OFERTA, 200, rechazo=404, maquina=404, alcance=_CON, **_LEIDO),
    fila(
        "GET",
        "/feria/{convocatoria_id}/ofertas/{oferta_id}/archivos/{numero}",
        OFERTA,
        200,
        rechazo=404,
        **_LEIDO,
    ),
]

CONSTANTES: dict[str, object] = {"un_documento": 1, "documento_de_mas": 2}
HISTORIA = {-60: traer, 0: abrir}
