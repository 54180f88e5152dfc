"""From rows of bids to what the API answers."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from constancia import Recibo, firmar_recibo
from feria_inversa.entidades import unidad_breve
from feria_inversa.ofertas.archivos_abiertos import Traido
from feria_inversa.ofertas.consultas import OfertaConLineas
from feria_inversa.ofertas.esquemas import (
    ArchivoTraido,
    OfertaAbierta,
    OfertaLineaSalida,
    OfertaRecibida,
    OfertaRecibo,
)
from feria_inversa.ofertas.modelos import Oferta


def recibo(oferta: Oferta) -> OfertaRecibida:
    firmado = recibo_de(oferta)
    return OfertaRecibida(
        **{campo: getattr(oferta, campo) for campo in OfertaRecibo.model_fields},
        recibo=firmado.texto,
        firma=firmado.firma,
        clave=firmado.clave,
    )


def recibo_de(oferta: Oferta) -> Recibo:
    """What proves that a bid was handed in, by the key of the public log; of a sealed one, its bytes too."""
    return firmar_recibo(
        "oferta",
        str(oferta.convocatoria_id),
        str(oferta.id),
        str(oferta.unidad_id),
        *oferta.huellas,
        oferta.presentada_en.astimezone(UTC).isoformat(),
        forma=3 if oferta.huella_tecnica else 2 if oferta.huella_sobre else 1,
    )


_DE_QUIEN = ("unidad_id", "intento", "presentada_en", "proveedor")
_SIEMPRE = OfertaRecibo.model_fields.keys() - set(_DE_QUIEN)


def _de_quien(abierta: OfertaConLineas) -> dict[str, Any]:
    suyos = {campo: getattr(abierta.oferta, campo) for campo in _DE_QUIEN[:-1]}
    return suyos | {"proveedor": unidad_breve(abierta.proveedor)}


def oferta_abierta(abierta: OfertaConLineas, traidos: Sequence[Traido]) -> OfertaAbierta:
    return OfertaAbierta(
        **{campo: getattr(abierta.oferta, campo) for campo in _SIEMPRE},
        **dict.fromkeys(_DE_QUIEN) | ({} if abierta.anonima else _de_quien(abierta)),
        rotulo=abierta.proveedor.nombre if abierta.anonima else None,
        total=abierta.total,
        lineas=[
            OfertaLineaSalida(**{campo: getattr(linea, campo) for campo in OfertaLineaSalida.model_fields})
            for linea in abierta.lineas
        ],
        archivos=[ArchivoTraido.model_validate(traido) for traido in traidos],
    )
