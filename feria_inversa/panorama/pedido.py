"""What an address of the market asks, for its pages and its API alike."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from feria_inversa.panorama.buscar import Filtro


class Pedido:
    """What is left empty asks nothing."""

    def __init__(
        self,
        q: Annotated[str, Query(max_length=200, description="Palabras, o cómo empieza un CUCE.")] = "",
        familia: Annotated[str, Query(pattern="^([0-9]{4})?$", description="De UNSPSC.")] = "",
        unidad: Annotated[str, Query(pattern="^[a-z0-9_]{0,30}$", description="Unidad de medida.")] = "",
        departamento: Annotated[str, Query(pattern="^(0[1-9])?$")] = "",
        anio: Annotated[str, Query(pattern="^(20[0-9][0-9])?$")] = "",
        mes: Annotated[str, Query(pattern="^([1-9]|1[0-2])?$")] = "",
        modalidad: Annotated[str, Query(pattern="^[A-Z0-9]{0,10}$")] = "",
        norma: Annotated[str, Query(max_length=120, description="Como la escribe SICOES.")] = "",
        categoria: Annotated[str, Query(pattern="^(bienes|servicios|obras|consultoria)?$")] = "",
        entidad: Annotated[str, Query(pattern="^([0-9A-Z]{4})?$", description="Su código en el CUCE.")] = "",
        etapa: Annotated[
            str,
            Query(
                pattern="^(abierto|programado|en_curso|adjudicado|desierto|sin_efecto|no_consta)?$",
                description="Vacía: todo lo convocado. `programado` es lo de los planes anuales.",
            ),
        ] = "",
    ) -> None:
        self.elegidos = {
            "q": q,
            "familia": familia,
            "unidad": unidad,
            "departamento": departamento,
            "anio": anio,
            "mes": mes,
            "modalidad": modalidad,
            "norma": norma,
            "categoria": categoria,
            "entidad": entidad,
            "etapa": etapa,
        }
        self.filtro = Filtro(
            q,
            familia or None,
            unidad or None,
            departamento or None,
            int(anio) if anio else None,
            int(mes) if mes else None,
            modalidad or None,
            norma.replace("\x00", "") or None,
            categoria or None,
            entidad or None,
            etapa or None,
        )

    def con(self, **otros: str) -> str:
        """The query of the same search, with some of what it asks said otherwise; with its `?`, if any."""
        puestos = {clave: valor for clave, valor in (self.elegidos | otros).items() if valor}
        return f"?{urlencode(puestos)}" if puestos else ""


LoPedido = Annotated[Pedido, Depends()]
