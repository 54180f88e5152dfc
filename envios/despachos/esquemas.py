"""What crosses the API of bags, manifests and rounds."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from envios.despachos.estados import (
    ClaseDiferencia,
    EstadoCarga,
    EstadoDespacho,
    EstadoDiferencia,
    EstadoHoja,
    EstadoParada,
    EstadoSaca,
)
from envios.despachos.modelos import PESO_MAXIMO_G
from envios.items import EstadoEnvio
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entero, Entrada, Fecha, escrito

Codigo = Annotated[str, escrito(60, 1)]


class Lectura(Entrada):
    """One scan: the number of a bag, or of an item, as it is written on it."""

    codigo: Codigo


class LecturaPorCargar(Lectura):
    insiste: bool = Field(
        False, description="Aunque a ese envío no le toque ir ahí: sin esto se niega con `no_le_toca`."
    )


class SacaPorAbrir(Entrada):
    origen_agencia_id: UUID
    destino_agencia_id: UUID


class Cierre(Entrada):
    """The number on the seal, and what the bag weighs with all in it."""

    precinto: Annotated[str, escrito(20, 3)]
    peso_g: Entero = Field(ge=1, le=PESO_MAXIMO_G)


class PasoDeLaSaca(StrEnum):
    REABRIR = "reabrir"
    DESHACER = "deshacer"
    VACIAR = "vaciar"


class PasoPedidoDeSaca(Entrada):
    paso: PasoDeLaSaca = Field(
        description="`reabrir`: se rompe el precinto antes de salir. `deshacer`: no viaja. `vaciar`: llegó y "
        "ya no queda nada dentro; lo que no se leyó falta."
    )


class DespachoPorPreparar(Entrada):
    origen_agencia_id: UUID
    destino_agencia_id: UUID = Field(
        description="Si es de otro operador, al salir y al llegar se anota el traspaso."
    )
    vehiculo: Annotated[str, escrito(60, 1)]
    conductor: Annotated[str, escrito(120, 1)]


class PasoDelDespacho(StrEnum):
    SALIR = "salir"
    DESHACER = "deshacer"
    LLEGO_TODO = "llego_todo"
    CERRAR = "cerrar"


class PasoPedidoDeDespacho(Entrada):
    paso: PasoDelDespacho = Field(
        description="`salir` y `deshacer`, en el origen. `llego_todo`: llegó como dice el manifiesto, con "
        "los precintos intactos. `cerrar`: no llega nada más; lo que no se leyó falta."
    )


class Llegada(Lectura):
    """One scan at the destination. Seal and weight are of a bag."""

    precinto_intacto: bool = True
    peso_g: Entero | None = Field(None, ge=1, le=PESO_MAXIMO_G)


class Explicacion(Entrada):
    explicacion: Annotated[str, escrito(500, 3)]


class Respuesta(Entrada):
    acepta: bool = Field(description="La otra agencia acepta lo que se dijo, o pide otra explicación.")


class HojaPorPreparar(Entrada):
    agencia_id: UUID
    repartidor_persona_id: UUID
    dia: Fecha | None = Field(None, description="Hoy, si no se dice.")


class PasoDeLaHoja(StrEnum):
    LOS_QUE_ESPERAN = "los_que_esperan"
    SALIR = "salir"
    CERRAR = "cerrar"
    DESHACER = "deshacer"


class PasoPedidoDeHoja(Entrada):
    paso: PasoDeLaHoja = Field(
        description="`los_que_esperan`: agrega lo que está en la agencia para su municipio. `salir`: cada "
        "envío sale a reparto. `cerrar`: volvió. `deshacer`: no sale."
    )


# --- Out --------------------------------------------------------------------------------------------------


class EnvioEnCarga(BaseModel):
    envio_id: UUID
    numero: str
    estado: EstadoCarga


class SacaLeida(BaseModel):
    id: UUID
    numero: str
    estado: EstadoSaca
    origen_agencia_id: UUID
    destino_agencia_id: UUID
    despacho_id: UUID | None
    precinto: str | None
    peso_g: int | None
    creada_en: datetime
    cerrada_en: datetime | None
    recibida_en: datetime | None
    precinto_intacto: bool | None
    peso_recibido_g: int | None


class SacaConEnvios(SacaLeida):
    envios: list[EnvioEnCarga]


class DiferenciaLeida(BaseModel):
    """`vence_en`: until when it can be explained, or the explanation answered."""

    id: UUID
    clase: ClaseDiferencia
    texto: str
    estado: EstadoDiferencia
    saca: str | None = Field(description="Número de la saca, si es de una.")
    envio: str | None = Field(description="Número del envío, si es de uno.")
    abierta_en: datetime
    vence_en: datetime | None
    explicacion: str | None
    explicada_agencia_id: UUID | None


class DespachoLeido(BaseModel):
    """`sacas`, `envios` and `peso_g` are the manifest's totals, once it left."""

    id: UUID
    numero: str
    estado: EstadoDespacho
    origen_agencia_id: UUID
    destino_agencia_id: UUID
    es_traspaso: bool
    vehiculo: str
    conductor: str
    sacas: int | None
    envios: int | None
    peso_g: int | None
    creado_en: datetime
    salio_en: datetime | None
    llego_en: datetime | None
    recibido_en: datetime | None


class DespachoConCarga(DespachoLeido):
    lleva: list[SacaConEnvios]
    sueltos: list[EnvioEnCarga]
    diferencias: list[DiferenciaLeida]


class Cargado(BaseModel):
    """What one scan came to. `sobra`: it is not in this manifest; `repetida`: it had been read before."""

    saca: SacaLeida | None = None
    envio_id: UUID | None = None
    numero: str
    sobra: bool = False
    repetida: bool = False
    aviso: str = Field("", description="Lo que conviene mirar otra vez: va a otro departamento.")


class ParadaLeida(BaseModel):
    """A stop; never the recipient's code. `elige` is what the recipient asked for, in words; `cobrar`,
    what is still to be collected at the door."""

    orden: int | None
    envio_id: UUID
    numero: str
    estado: EstadoParada
    estado_envio: EstadoEnvio
    destinatario_nombre: str
    destinatario_telefono: str
    destino: str
    destino_referencia: str
    latitud: DecimalPlano | None
    longitud: DecimalPlano | None
    codigo_plus: str | None
    cobrar: Dinero
    elige: str


class HojaLeida(BaseModel):
    id: UUID
    numero: str
    estado: EstadoHoja
    agencia_id: UUID
    repartidor_persona_id: UUID
    dia: date
    creada_en: datetime
    salio_en: datetime | None
    cerrada_en: datetime | None


class HojaConParadas(HojaLeida):
    paradas: list[ParadaLeida]
