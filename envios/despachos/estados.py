"""The lives of bags, manifests, what they carry, what did not fit on arrival, and rounds."""

from enum import StrEnum

from envios.despachos.errores import PasoDeDespacho, PasoDeDiferencia, PasoDeHoja, PasoDeSaca
from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida

# Terms, by the rule of the day on which each begins to run (`nucleo.plazos`).
PREPARACION = "envios.despacho_por_salir"
"""A bag or a manifest that does not leave in this time is undone: what was in it is free."""
LLEGADA = "envios.despacho_por_llegar"
"""From the departure; when nothing arrives, its reception closes by itself, with everything missing."""
RECEPCION = "envios.despacho_por_recibir"
"""From the first thing that arrives to the closing of the reception."""
DIFERENCIA = "envios.diferencia"
"""To explain a difference; then a missing item is an incident. And to accept an explanation; then it is."""
RONDA_SIN_SALIR = "envios.ronda_por_salir"
RONDA = "envios.ronda_por_volver"


class EstadoSaca(StrEnum):
    ABIERTA = "abierta"
    CERRADA = "cerrada"
    EN_CAMINO = "en_camino"
    RECIBIDA = "recibida"
    VACIADA = "vaciada"
    NO_LLEGO = "no_llego"
    DESHECHA = "deshecha"

    @property
    def texto(self) -> str:
        return str(_TEXTO_SACA[self])


_S = EstadoSaca
VIDA_SACA = Vida(
    "envios_saca",
    EstadoSaca,
    {
        _S.ABIERTA: {_S.CERRADA, _S.DESHECHA},
        _S.CERRADA: {_S.ABIERTA, _S.EN_CAMINO, _S.DESHECHA},
        _S.EN_CAMINO: {_S.RECIBIDA, _S.NO_LLEGO},
        _S.RECIBIDA: {_S.VACIADA},
        _S.NO_LLEGO: {_S.RECIBIDA},  # found after all
    },
    nace={_S.ABIERTA},
    fines={_S.VACIADA, _S.DESHECHA},
    nombre=lambda e: e.texto.lower(),
    error=PasoDeSaca,
)


class EstadoDespacho(StrEnum):
    EN_PREPARACION = "en_preparacion"
    EN_CAMINO = "en_camino"
    RECIBIDO = "recibido"
    DESHECHO = "deshecho"

    @property
    def texto(self) -> str:
        return str(_TEXTO_DESPACHO[self])


_D = EstadoDespacho
VIDA_DESPACHO = Vida(
    "envios_despacho",
    EstadoDespacho,
    {_D.EN_PREPARACION: {_D.EN_CAMINO, _D.DESHECHO}, _D.EN_CAMINO: {_D.RECIBIDO}},
    nace={_D.EN_PREPARACION},
    fines={_D.RECIBIDO, _D.DESHECHO},
    nombre=lambda e: e.texto.lower(),
    error=PasoDeDespacho,
)


class EstadoCarga(StrEnum):
    """An item in a bag, or loose in a manifest. Being missing is not for ever: it may appear anywhere."""

    DENTRO = "dentro"
    SACADA = "sacada"
    LLEGADA = "llegada"
    FALTANTE = "faltante"


_C = EstadoCarga
VIDA_CARGA = Vida(
    "envios_carga",
    EstadoCarga,
    {_C.DENTRO: {_C.SACADA, _C.LLEGADA, _C.FALTANTE}, _C.FALTANTE: {_C.LLEGADA}},
    nace={_C.DENTRO},
    fines={_C.SACADA, _C.LLEGADA},
)


class ClaseDiferencia(StrEnum):
    """What arrived otherwise than the manifest said."""

    FALTANTE = "faltante"
    SOBRANTE = "sobrante"
    PRECINTO = "precinto_roto"
    PESO = "peso_distinto"

    @property
    def texto(self) -> str:
        return str(_CLASES[self])


class EstadoDiferencia(StrEnum):
    ABIERTA = "abierta"
    EXPLICADA = "explicada"
    ENCONTRADA = "encontrada"
    VENCIDA = "vencida"
    CERRADA = "cerrada"

    @property
    def texto(self) -> str:
        return str(_TEXTO_DIFERENCIA[self])


_F = EstadoDiferencia
VIDA_DIFERENCIA = Vida(
    "envios_diferencia",
    EstadoDiferencia,
    {
        _F.ABIERTA: {_F.EXPLICADA, _F.ENCONTRADA, _F.VENCIDA},
        _F.EXPLICADA: {_F.CERRADA, _F.ABIERTA, _F.ENCONTRADA},
        _F.VENCIDA: {_F.EXPLICADA, _F.ENCONTRADA},
        _F.CERRADA: {_F.ENCONTRADA},
    },
    nace={_F.ABIERTA},
    fines={_F.ENCONTRADA},
    nombre=lambda e: e.texto.lower(),
    error=PasoDeDiferencia,
)


class EstadoHoja(StrEnum):
    EN_PREPARACION = "en_preparacion"
    EN_REPARTO = "en_reparto"
    CERRADA = "cerrada"
    DESHECHA = "deshecha"

    @property
    def texto(self) -> str:
        return str(_TEXTO_HOJA[self])


_H = EstadoHoja
VIDA_HOJA = Vida(
    "envios_hoja_de_ruta",
    EstadoHoja,
    {_H.EN_PREPARACION: {_H.EN_REPARTO, _H.DESHECHA}, _H.EN_REPARTO: {_H.CERRADA}},
    nace={_H.EN_PREPARACION},
    fines={_H.CERRADA, _H.DESHECHA},
    nombre=lambda e: e.texto.lower(),
    error=PasoDeHoja,
)


class EstadoParada(StrEnum):
    """An item in a round, and what the round came to for it."""

    PENDIENTE = "pendiente"
    QUITADA = "quitada"
    ENTREGADA = "entregada"
    NO_ENTREGADA = "no_entregada"
    SIN_RESULTADO = "sin_resultado"

    @property
    def texto(self) -> str:
        return str(_TEXTO_PARADA[self])


_P = EstadoParada
VIDA_PARADA = Vida(
    "envios_parada",
    EstadoParada,
    {_P.PENDIENTE: set(_P) - {_P.PENDIENTE}},
    nace={_P.PENDIENTE},
    fines=set(_P) - {_P.PENDIENTE},
)

# One table a life: equal texts of two lives are one key.
_TEXTO_SACA = {
    _S.ABIERTA: _l("Abierta"),
    _S.CERRADA: _l("Cerrada con precinto"),
    _S.EN_CAMINO: _l("En camino"),
    _S.RECIBIDA: _l("Recibida"),
    _S.VACIADA: _l("Vaciada"),
    _S.NO_LLEGO: _l("No llegó"),
    _S.DESHECHA: _l("Deshecha"),
}
_TEXTO_DESPACHO = {
    _D.EN_PREPARACION: _l("En preparación"),
    _D.EN_CAMINO: _l("En camino"),
    _D.RECIBIDO: _l("Recibido"),
    _D.DESHECHO: _l("Deshecho"),
}
_CLASES = {
    ClaseDiferencia.FALTANTE: _l("No llegó"),
    ClaseDiferencia.SOBRANTE: _l("Llegó sin estar en el manifiesto"),
    ClaseDiferencia.PRECINTO: _l("Llegó con el precinto roto"),
    ClaseDiferencia.PESO: _l("Pesa distinto que al salir"),
}
_TEXTO_DIFERENCIA = {
    _F.ABIERTA: _l("Por explicar"),
    _F.EXPLICADA: _l("Explicada"),
    _F.ENCONTRADA: _l("Apareció"),
    _F.VENCIDA: _l("Nadie la explicó"),
    _F.CERRADA: _l("Aclarada"),
}
_TEXTO_HOJA = {
    _H.EN_PREPARACION: _l("En preparación"),
    _H.EN_REPARTO: _l("En reparto"),
    _H.CERRADA: _l("Cerrada"),
    _H.DESHECHA: _l("Deshecha"),
}
_TEXTO_PARADA = {
    _P.PENDIENTE: _l("Por entregar"),
    _P.QUITADA: _l("Quitada"),
    _P.ENTREGADA: _l("Entregado"),
    _P.NO_ENTREGADA: _l("No se pudo entregar"),
    _P.SIN_RESULTADO: _l("Sin resultado"),
}
