"""What crosses the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from envios.tarifas.cotizar import Pedido
from envios.tarifas.valores import Bulto, Medidas, Razon, medidas_de
from nucleo.dinero import Dinero, bs, cero
from nucleo.lectores import DecimalPlano, Entero

Municipio = Annotated[
    str, StringConstraints(pattern=r"^0[1-9][0-9]{4}$"), Field(examples=["020101"], description="Código INE.")
]
Lado = Annotated[Entero, Field(ge=1, le=1000, description="Centímetros enteros, por fuera.")]
Servicio = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,19}$"), Field(examples=["ordinario"])
]
Bolivianos = Annotated[DecimalPlano, Field(ge=0, le=1_000_000, decimal_places=2, examples=["120.50"])]
DIEZ_TONELADAS_G = 10_000_000


class _Bulto(BaseModel):
    """From where to where, and what."""

    model_config = ConfigDict(extra="forbid")

    origen: Municipio
    destino: Municipio
    peso_g: Entero = Field(ge=1, le=DIEZ_TONELADAS_G)
    largo_cm: Lado | None = None
    ancho_cm: Lado | None = None
    alto_cm: Lado | None = None
    recojo: bool = Field(False, description="Que lo recojan a domicilio.")

    @model_validator(mode="after")
    def _con_sus_tres_lados(self) -> Self:
        self._medidas()
        return self

    def _medidas(self) -> Medidas | None:
        return medidas_de(self.largo_cm, self.ancho_cm, self.alto_cm)


class EnvioPorCotizar(_Bulto):
    """Lo que se quiere enviar, en los parámetros de la dirección."""

    valor_declarado: Bolivianos = Field(Decimal(0), description="En bolivianos; con él se asegura.")
    contra_entrega: Bolivianos = Field(Decimal(0), description="Lo que se cobra a quien recibe.")
    servicio: Servicio | None = None
    operador_unidad_id: UUID | None = Field(None, description="De un solo operador.")

    def pedido(self) -> Pedido:
        bulto = Bulto(
            self.peso_g, self._medidas(), bs(self.valor_declarado), bs(self.contra_entrega), self.recojo
        )
        return Pedido(self.origen, self.destino, bulto, self.servicio, self.operador_unidad_id)


class CotizacionPorGuardar(_Bulto):
    """Lo que se quiere enviar, con qué operador y servicio."""

    operador_unidad_id: UUID
    servicio: Servicio
    valor_declarado: Dinero = Field(default_factory=cero)
    contra_entrega: Dinero = Field(default_factory=cero)

    def pedido(self) -> Pedido:
        bulto = Bulto(self.peso_g, self._medidas(), self.valor_declarado, self.contra_entrega, self.recojo)
        return Pedido(self.origen, self.destino, bulto, self.servicio, self.operador_unidad_id)


class LineaLeida(BaseModel):
    """Un renglón de la cuenta."""

    concepto: str
    detalle: str
    monto: Dinero


class PasoLeido(BaseModel):
    """Un renglón de la cuenta de la fecha: unos días, y qué son."""

    desde: date
    hasta: date
    texto: str


class OfertaLeida(BaseModel):
    """Lo que cuesta con un operador y un servicio; los renglones suman el total."""

    operador_unidad_id: UUID
    operador: str
    servicio: str
    nombre: str
    indicador: str = Field(description="Con qué letras empieza su número S10.")
    entrega: str = Field(description="`puerta` o `agencia`.")
    tarifario_id: UUID
    version: int = Field(description="Del tarifario del operador.")
    peso_facturado_g: int = Field(description="El mayor entre el peso y el que da su volumen.")
    lineas: list[LineaLeida]
    total: Dinero
    sale_el: date | None
    entrega_el: date | None = Field(
        description="Fecha prometida si el operador lo recibe ahora; nula si falta el calendario de ese año."
    )
    cuenta: list[PasoLeido] = Field(description="Cómo se cuenta la fecha, día por día.")


class NegativaLeida(BaseModel):
    """Un operador que no lo lleva, o no con ese servicio, y por qué."""

    operador_unidad_id: UUID
    operador: str
    servicio: str | None
    razon: Razon
    detalle: str


class ComparacionLeida(BaseModel):
    """Quién lo lleva, del más barato al más caro, y quién no."""

    calculada_en: datetime
    datos: list[OfertaLeida]
    sin_oferta: list[NegativaLeida]


class CotizacionLeida(BaseModel):
    """Una cotización guardada: lo que se dijo se sostiene hasta que vence."""

    id: UUID
    ofrecida_en: datetime
    vence_en: datetime
    origen: str
    destino: str
    peso_g: int
    oferta: OfertaLeida


class ServicioLeido(BaseModel):
    """Un servicio de un tarifario, con lo que admite y sus recargos."""

    codigo: str
    nombre: str
    indicador: str
    entrega: str
    cm3_por_kg: int
    peso_maximo_g: int
    lado_maximo_cm: int
    suma_maxima_cm: int
    seguro_pct: DecimalPlano
    seguro_minimo: Dinero
    valor_maximo: Dinero
    contra_entrega_pct: DecimalPlano | None = Field(description="Nulo si no cobra contra entrega.")
    contra_entrega_minimo: Dinero | None
    recojo: Dinero | None = Field(description="Nulo si no recoge a domicilio.")


class TarifarioLeido(BaseModel):
    """Una versión publicada de las tarifas de un operador."""

    id: UUID
    operador_unidad_id: UUID
    version: int
    vigente_desde: datetime
    vigente_hasta: datetime | None = Field(description="Hasta antes de ese instante; nulo si nada la sigue.")
    tablas: dict[str, str] = Field(description="Dónde se baja cada tabla, en CSV.")


class TarifarioEntero(TarifarioLeido):
    servicios: list[ServicioLeido]
