"""Forms: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from comercio.catalogo import LINEAS_MAXIMAS, ClaseDeRebaja
from comercio.promociones.esquemas import CambioDeEstado, CuponNuevo, PromocionNueva
from comercio.promociones.estados import Alcance
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class Elegida(BaseModel):
    """A variant that was ticked; the others are not sent."""

    id: UUID


class PromocionEscrita(PromocionNueva):
    elegidas: Annotated[list[Elegida], Field(default_factory=list, max_length=LINEAS_MAXIMAS)]

    def nueva(self) -> PromocionNueva:
        datos = self.model_dump(exclude={"elegidas"}) | {"variantes": [e.id for e in self.elegidas]}
        return PromocionNueva(**datos)


_LO_COMUN = (
    campos.opciones(
        "clase",
        _l("¿Cuánto rebaja?"),
        opciones=lambda: [
            (ClaseDeRebaja.PORCENTAJE, _l("Un porcentaje")),
            (ClaseDeRebaja.MONTO, _l("Un monto en bolivianos")),
        ],
    ),
    campos.cantidad(
        "cuanto",
        _l("Porcentaje o monto"),
        ayuda=_l("Por ejemplo 10 para diez por ciento, o 5,50 para cinco bolivianos con cincuenta."),
        falta=_l("Escriba un número mayor que cero, con dos decimales como máximo."),
    ),
)
_LOS_DIAS = (
    campos.fecha("desde", _l("Primer día"), falta=_l("Elija el primer día.")),
    campos.fecha("hasta", _l("Último día"), ayuda=_l("Termina sola."), falta=_l("Elija el último día.")),
)
PROMOCION = Formulario(
    "promocion",
    PromocionEscrita,
    campos.oculto("unidad_id"),
    campos.texto(
        "nombre",
        _l("¿Cómo se llama?"),
        ayuda=_l("Lo lee quien compra: «Semana del tejido»."),
        minimo=3,
        maximo=80,
        falta=_l("Escriba un nombre de 3 a 80 letras."),
    ),
    *_LO_COMUN,
    *_LOS_DIAS,
    campos.opciones(
        "alcance",
        _l("¿De qué productos?"),
        opciones=lambda: [
            (Alcance.TIENDA, _l("De toda mi tienda")),
            (Alcance.ELEGIDOS, _l("De los que marque abajo")),
        ],
    ),
    campos.texto("elegidas.*.id", _l("Producto"), falta=_l("Elija otra vez los productos.")),
)
HojaDePromocion = Annotated[Hoja[PromocionEscrita], Depends(PROMOCION)]
CUPON = Formulario(
    "cupon",
    CuponNuevo,
    campos.oculto("unidad_id"),
    campos.texto(
        "codigo",
        _l("Código"),
        ayuda=_l("De 4 a 20 letras y cifras: FERIA10. Usted lo reparte."),
        minimo=4,
        maximo=20,
        ancho="medio",
        falta=_l("Use de 4 a 20 letras y cifras, sin tildes ni espacios."),
    ),
    *_LO_COMUN,
    campos.dinero(
        "minimo", _l("¿Desde cuánto vale?"), ayuda=_l("Vacío: desde cualquier monto."), opcional=True
    ),
    campos.entero(
        "usos",
        _l("¿Cuántas personas lo pueden usar?"),
        ayuda=_l("Cada quien, una vez."),
        minimo=1,
        maximo=100_000,
        falta=_l("Escriba cuántas, de 1 a 100.000."),
    ),
    *_LOS_DIAS,
)
HojaDeCuponNuevo = Annotated[Hoja[CuponNuevo], Depends(CUPON)]
PASO = Formulario("promocion.estado", CambioDeEstado, campos.oculto("estado"))
HojaDePaso = Annotated[Hoja[CambioDeEstado], Depends(PASO)]
