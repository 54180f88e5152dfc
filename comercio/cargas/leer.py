"""A file of products is read line by line and laid down to be looked at: nothing of the shop changes yet."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from comercio.cargas.columnas import COLUMNAS, NUMERICAS, PUEDEN_FALTAR, Leida, leer_fila
from comercio.cargas.errores import ArchivoDeProductosInvalido
from comercio.cargas.estados import Que
from comercio.cargas.modelos import Carga, LineaDeCarga
from comercio.cargas.ya_leidas import YaLeidas
from comercio.catalogo import Arbol, EstadoVariante, arbol
from comercio.catalogo.modelos import Variante
from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tablas import Fila, Mala, TablaAbierta, abrir_tabla
from nucleo.auditoria import auditar
from nucleo.filas import insertar_filas
from nucleo.ids import nuevo_id
from nucleo.lectores import Ilegible, sin_acentos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

LINEAS_MAXIMAS = 10_000
BYTES_MAXIMOS = 6 * 1024 * 1024
DIAS_PARA_CONFIRMAR = 7
LOTE = 500


def leer_archivo(
    sesion: Session, actor: Actor, unidad_id: UUID, recibido: Recibido, carga_id: UUID | None = None
) -> Carga:
    """Read a file of products of a unit: what each line would do, or why it cannot be read.

    Raises `SinFacultad`, `ArchivoDeProductosInvalido`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    ya = sesion.get(Carga, carga_id) if carga_id else None
    if ya is not None and ya.vendedor_id == unidad_id:
        return ya  # the form was sent twice
    assert actor.persona_id is not None
    try:
        tabla = abrir_tabla(
            recibido,
            COLUMNAS,
            numericas=NUMERICAS,
            pueden_faltar=PUEDEN_FALTAR,
            filas_maximas=LINEAS_MAXIMAS,
            bytes_maximos=BYTES_MAXIMOS,
        )
    except TablaInvalida as error:
        raise ArchivoDeProductosInvalido(error.detalle, campos={"archivo": error.detalle}) from error
    if tabla.lineas == 0:
        texto = _("El archivo no tiene líneas debajo del encabezado.")
        raise ArchivoDeProductosInvalido(texto, campos={"archivo": texto})
    carga = Carga(
        id=carga_id or nuevo_id(),
        vendedor_id=unidad_id,
        persona_id=actor.persona_id,
        persona_nombre=actor.nombre[:200],
        archivo="".join(letra for letra in recibido.nombre if letra.isprintable())[:120],
        lectura=tabla.dialecto.en_palabras()[:120],
        lineas=tabla.lineas,
        malas=0,
        vence_en=ahora_bd(sesion) + timedelta(days=DIAS_PARA_CONFIRMAR),
    )
    sesion.add(carga)
    sesion.flush()
    carga.malas = _anotar_lineas(sesion, carga, tabla)
    sesion.flush()
    hechos = {"lineas": carga.lineas, "malas": carga.malas}
    auditar(sesion, autorizacion, "carga.leer", "comercio_carga", carga.id, hechos)
    return carga


def _anotar_lineas(sesion: Session, carga: Carga, tabla: TablaAbierta) -> int:
    """Lay down every line, in lots; how many are bad."""
    lector, lineas, malas = _Lector(sesion, carga, arbol(sesion)), iter(tabla), 0
    while lote := list(islice(lineas, LOTE)):
        filas = lector.leer(lote)
        insertar_filas(sesion, LineaDeCarga, filas)
        malas += sum(fila["que"] == Que.MALA for fila in filas)
    return malas


class _Lector:
    """What was seen of the file so far: by code, and by title, the number of its first line."""

    def __init__(self, sesion: Session, carga: Carga, ramas: Arbol) -> None:
        self._sesion, self._carga, self._ramas = sesion, carga, ramas
        self._codigos, self._titulos, self._productos = YaLeidas(), YaLeidas(), YaLeidas()

    def leer(self, lote: list[Fila | Mala]) -> list[dict[str, Any]]:
        """The rows of some lines. Codes that the unit has already are looked up at once."""
        escritos = (fila.celdas["codigo"] for fila in lote if isinstance(fila, Fila))
        codigos = [escrito for escrito in escritos if escrito.isprintable()]
        consulta = select(Variante.sku, Variante.producto_id).where(
            col(Variante.vendedor_id) == self._carga.vendedor_id,
            col(Variante.estado) == EstadoVariante.ACTIVA,
            col(Variante.sku).in_(codigos),
        )
        suyos = dict(self._sesion.exec(consulta).all())
        con_ceros = self._con_ceros([c for c in codigos if c.isdecimal() and c not in suyos])
        return [self._fila(linea, suyos, con_ceros) for linea in lote]

    def _con_ceros(self, nuevos: Sequence[str]) -> Mapping[str, str]:
        """The codes of the unit that a spreadsheet would write as these: without the zeros before."""
        if not nuevos:
            return {}
        sin_ceros = func.ltrim(Variante.sku, "0")
        consulta = select(sin_ceros, Variante.sku).where(
            col(Variante.vendedor_id) == self._carga.vendedor_id,
            col(Variante.estado) == EstadoVariante.ACTIVA,
            col(Variante.sku).startswith("0"),
            sin_ceros.in_(nuevos),
        )
        return dict(self._sesion.exec(consulta).all())

    def _fila(
        self, linea: Fila | Mala, suyos: Mapping[str, UUID], con_ceros: Mapping[str, str]
    ) -> dict[str, Any]:
        if isinstance(linea, Mala):
            return self._mala(linea.numero, linea.texto)
        try:
            leida = leer_fila(linea, self._ramas)
            if suyo_entero := con_ceros.get(leida["codigo"]):
                texto = _("Ya tiene el código %(codigo)s: su planilla le quitó los ceros.")
                raise Ilegible(texto % {"codigo": suyo_entero})
            suyo = suyos.get(leida["codigo"])
            que = Que.NUEVA if suyo is None else Que.CAMBIA
            grupo = self._grupo(linea.numero, leida, suyo)
        except Ilegible as error:
            return self._mala(linea.numero, str(error), linea.celdas["codigo"], linea.celdas["titulo"])
        return self._de(linea.numero, grupo, leida["codigo"], leida["titulo"], que, leida, "")

    def _grupo(self, numero: int, leida: Leida, suyo: UUID | None) -> int:
        """The first line of its product: the one that has the code already, or else the one of its title.

        Raises `Ilegible` for what a line lacks beside the others.
        """
        antes = self._codigos.numero(leida["codigo"])
        if antes is not None:
            raise Ilegible(_("Repite el código de la línea %(n)s.") % {"n": antes})
        titulo = sin_acentos(leida["titulo"])
        if suyo is None:
            grupo = self._de_una_nueva(leida, self._titulos.numero(titulo)) or numero
        else:
            grupo = self._de_su_producto(numero, suyo, titulo)
        self._codigos.anotar(leida["codigo"], numero)
        self._titulos.anotar(titulo, grupo)
        return grupo

    def _de_su_producto(self, numero: int, producto_id: UUID, titulo: str) -> int:
        primera = self._productos.numero(str(producto_id))
        if primera is None:
            self._productos.anotar(str(producto_id), numero)
            self._productos.anotar(f"{producto_id} {titulo}", numero)
            return numero
        if self._productos.numero(f"{producto_id} {titulo}") is None:
            texto = _("Es del mismo producto que la línea %(n)s: escriba en las dos el mismo título.")
            raise Ilegible(texto % {"n": primera})
        return primera

    def _de_una_nueva(self, leida: Leida, primera: int | None) -> int | None:
        if primera is None and "categoria" not in leida:
            raise Ilegible(_("Falta la categoría de este producto nuevo."))
        if "precio" not in leida:
            raise Ilegible(_("Falta el precio de este código nuevo."))
        if primera is not None and "variante" not in leida:
            texto = _("Tiene el título de la línea %(n)s: diga en «variante» qué la distingue.")
            raise Ilegible(texto % {"n": primera})
        return primera

    def _mala(self, numero: int, texto: str, codigo: str = "", titulo: str = "") -> dict[str, Any]:
        visibles = ("".join(letra for letra in t if letra.isprintable()) for t in (codigo, titulo))
        codigo, titulo = visibles
        return self._de(numero, numero, codigo[:40], titulo[:120], Que.MALA, {}, texto[:500])

    def _de(
        self, numero: int, grupo: int, codigo: str, titulo: str, que: Que, datos: Leida, texto: str
    ) -> dict[str, Any]:
        return {
            "carga_id": self._carga.id,
            "numero": numero,
            "grupo": grupo,
            "codigo": codigo,
            "titulo": titulo,
            "que": que,
            "datos": datos,
            "texto": texto,
        }
