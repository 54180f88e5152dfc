"""What a file of products says is done, a product at a time: each in its own transaction, with its lines.

Whoever stops in the middle goes on where it was: a line that ended says so in the transaction that did it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import structlog
from moneyed import Money
from sqlalchemy import func, text
from sqlmodel import Session, col, select

from comercio.cargas.bloqueos import bloquear_carga
from comercio.cargas.columnas import precio_pedido
from comercio.cargas.estados import VIDA_CARGA, CargaNoAdmite, EstadoCarga, Que, Resultado
from comercio.cargas.modelos import Carga, LineaDeCarga
from comercio.catalogo import (
    EstadoProducto,
    EstadoVariante,
    MotivoDeAjuste,
    MovimientoNuevo,
    ProductoCambios,
    ProductoNuevo,
    UnidadMedida,
    VarianteCambios,
    VarianteNueva,
    bloquear_producto,
    crear_producto,
    crear_variante,
    editar_producto,
    editar_variante,
    existencia_principal,
    hay_en_otros,
    mover_existencia,
    unica_variante,
)
from comercio.catalogo.modelos import Producto, Variante
from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import bs, formato_bs
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.plantillas import filtro_fecha
from nucleo.problemas import base_datos_ocupada
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

registro = structlog.get_logger(__name__)
_E = EstadoCarga


def confirmar(sesion: Session, actor: Actor, carga_id: UUID) -> Carga:
    """Its good lines will be done. Raises `CargaInexistente`, `SinFacultad`, `CargaNoAdmite`."""
    carga = bloquear_carga(sesion, carga_id)
    autorizacion = exigir_facultad(sesion, actor, carga.vendedor_id, Facultad.VENDER)
    VIDA_CARGA.exigir_paso(carga, _E.EN_MARCHA, _("Esta carga ya no espera que la confirme."))
    if carga.malas == carga.lineas:
        raise CargaNoAdmite(_("Ninguna línea se puede cargar: corrija el archivo y vuelva a subirlo."))
    carga.confirmada_en = ahora_bd(sesion)
    VIDA_CARGA.pasar(carga, _E.EN_MARCHA)
    sesion.flush()
    auditar(sesion, autorizacion, "carga.confirmar", "comercio_carga", carga.id, {"lineas": carga.lineas})
    return carga


def descartar(sesion: Session, actor: Actor, carga_id: UUID) -> Carga:
    """Nothing of it will be done. Raises `CargaInexistente`, `SinFacultad`, `CargaNoAdmite`."""
    carga = bloquear_carga(sesion, carga_id)
    autorizacion = exigir_facultad(sesion, actor, carga.vendedor_id, Facultad.VENDER)
    VIDA_CARGA.exigir_paso(carga, _E.ANULADA, _("Esta carga ya está en marcha: no se puede descartar."))
    carga.terminada_en = ahora_bd(sesion)
    VIDA_CARGA.pasar(carga, _E.ANULADA)
    sesion.flush()
    auditar(sesion, autorizacion, "carga.descartar", "comercio_carga", carga.id, {})
    return carga


def vencer(sesion: Session, carga_id: UUID) -> bool:
    """The sweep: nobody confirmed it in its time. False when somebody did meanwhile."""
    carga = bloquear_carga(sesion, carga_id)
    if carga.estado != _E.REVISADA or carga.vence_en > ahora_bd(sesion):
        return False
    carga.terminada_en = ahora_bd(sesion)
    VIDA_CARGA.pasar(carga, _E.VENCIDA)
    return True


def avanzar(sesion: Session, carga_id: UUID) -> int:
    """Do the next product of a file that was confirmed; how many of its lines ended, 0 when none was left.

    What refuses it is written on its lines; what passes by itself is raised, for the next sweep to try again.
    """
    lineas = _siguiente(sesion, carga_id)
    if not lineas:
        return 0
    try:
        with sesion.begin_nested():
            _hacer(sesion, carga_id, lineas)
    except Exception as error:
        if error.pasajero if isinstance(error, ErrorDominio) else base_datos_ocupada(error):
            raise
        for linea in lineas:
            linea.texto, linea.resultado = _por_que(error), Resultado.FALLIDA
    _contar(sesion, carga_id, lineas)
    return len(lineas)


def _siguiente(sesion: Session, carga_id: UUID) -> Sequence[LineaDeCarga]:
    """The lines of the first product that was not done, with the file locked; none when it ended."""
    carga = bloquear_carga(sesion, carga_id)
    if carga.estado != _E.EN_MARCHA:
        return []
    pendientes = select(LineaDeCarga).where(
        LineaDeCarga.carga_id == carga_id, col(LineaDeCarga.resultado).is_(None), LineaDeCarga.que != Que.MALA
    )
    primero = pendientes.order_by(col(LineaDeCarga.grupo), col(LineaDeCarga.numero)).limit(1)
    primera = sesion.exec(primero).one_or_none()
    if primera is None:
        return []
    suyas = pendientes.where(LineaDeCarga.grupo == primera.grupo).order_by(col(LineaDeCarga.numero))
    return sesion.exec(suyas).all()


def _contar(sesion: Session, carga_id: UUID, lineas: Sequence[LineaDeCarga]) -> None:
    carga = sesion.get_one(Carga, carga_id)
    carga.hechas += sum(x.resultado == Resultado.HECHA for x in lineas)
    carga.fallidas += sum(x.resultado == Resultado.FALLIDA for x in lineas)
    if carga.estado == _E.EN_MARCHA and carga.hechas + carga.fallidas == carga.lineas - carga.malas:
        carga.terminada_en = ahora_bd(sesion)
        VIDA_CARGA.pasar(carga, _E.TERMINADA)
    sesion.flush()


def _por_que(error: Exception) -> str:
    if isinstance(error, ErrorDominio):
        donde = error.extra.get("linea")
        texto = " ".join(dict.fromkeys([*(error.campos or {}).values(), error.detalle]))
        return (_("Línea %(n)s: %(texto)s") % {"n": donde, "texto": texto} if donde else texto)[:500]
    registro.error("linea_de_carga_rechazada", exc_info=error)
    return _("No se pudo cargar como está: revise los datos de la línea y súbala otra vez.")


def _hacer(sesion: Session, carga_id: UUID, lineas: Sequence[LineaDeCarga]) -> None:
    """Make or change the product that these lines are the variants of."""
    carga = sesion.get_one(Carga, carga_id)
    hecho = _Hecho(sesion, carga, _suyas(sesion, carga, lineas))
    hecho.ficha(lineas[0])
    for linea in lineas:
        try:
            hecho.variante(linea)
        except ErrorDominio as error:
            error.extra["linea"] = linea.numero  # the others of its product are not done either
            raise
    hecho.estado(lineas[0])
    for linea in lineas:
        linea.producto_id, linea.resultado = hecho.producto.id, Resultado.HECHA
    sesion.flush()
    sesion.connection().execute(text("SET CONSTRAINTS ALL IMMEDIATE"))  # here, not where all is committed


def _suyas(sesion: Session, carga: Carga, lineas: Sequence[LineaDeCarga]) -> dict[str, Variante]:
    """The variants that the unit has already, by their codes, with their product locked.

    Raises `DatosInvalidos`.
    """
    consulta = select(Variante).where(
        col(Variante.vendedor_id) == carga.vendedor_id,
        col(Variante.estado) == EstadoVariante.ACTIVA,
        col(Variante.sku).in_([x.codigo for x in lineas]),
    )
    productos = {v.producto_id for v in sesion.exec(consulta)}
    if len(productos) > 1:
        raise DatosInvalidos(
            _("Hay líneas con este título y códigos de productos distintos: cámbieles el título.")
        )
    for producto_id in productos:
        bloquear_producto(sesion, producto_id)
    frescas = sesion.exec(consulta.execution_options(populate_existing=True))
    return {v.sku: v for v in frescas}


class _Hecho:
    """A product as its lines are done one after the other, locked."""

    def __init__(self, sesion: Session, carga: Carga, suyas: Mapping[str, Variante]) -> None:
        self._sesion, self._carga, self._suyas = sesion, carga, suyas
        self._actor = Actor(tipo="persona", nombre=carga.persona_nombre, persona_id=carga.persona_id)
        self._producto: Producto | None = None
        self._nueva = ""

    @property
    def producto(self) -> Producto:
        assert self._producto is not None
        return self._producto

    def ficha(self, linea: LineaDeCarga) -> None:
        """What all its variants share: made by the first line, or changed where the line says otherwise."""
        d = linea.datos
        if not self._suyas:
            self._producto = self._crear(linea)
            return
        de_quien = next(iter(self._suyas.values())).producto_id
        self._producto = self._sesion.get_one(Producto, de_quien)
        dicho = {"titulo": linea.titulo} | {
            c: d[c] for c in ("descripcion", "dias_de_elaboracion", "origen") if c in d
        }
        cambios = {c: v for c, v in dicho.items() if getattr(self.producto, c) != v}
        if d.get("categoria", self.producto.categoria_codigo) != self.producto.categoria_codigo:
            cambios["categoria"] = d["categoria"]
        if cambios:
            self._editar(ProductoCambios.model_validate(cambios))

    def _crear(self, linea: LineaDeCarga) -> Producto:
        d = linea.datos
        if "categoria" not in d or "precio" not in d:
            raise DatosInvalidos(_("Ya no tiene ese código: para crearlo faltan la categoría y el precio."))
        iguales = {
            c: d[c] for c in ("descripcion", "categoria", "peso_g", "dias_de_elaboracion", "origen") if c in d
        }
        nuevo = {
            "unidad_id": self._carga.vendedor_id,
            "sku": linea.codigo,
            "titulo": linea.titulo,
            "precio": bs(d["precio"]),
            "unidad_medida": d.get("medida", UnidadMedida.UNIDAD),
            "existencia": d.get("existencia", "0"),
        }
        producto = crear_producto(self._sesion, self._actor, ProductoNuevo.model_validate(iguales | nuevo))
        self._nueva = linea.codigo
        return producto

    def variante(self, linea: LineaDeCarga) -> None:
        d = linea.datos
        if linea.codigo == self._nueva:
            if "variante" in d:
                unica = unica_variante(self._sesion, self.producto)
                self._cambiar(unica.id, {"atributos": d["variante"]})
        elif linea.codigo in self._suyas:
            self._poner_al_dia(self._suyas[linea.codigo], linea)
        else:
            self._agregar(linea)

    def _agregar(self, linea: LineaDeCarga) -> None:
        d = linea.datos
        nueva = {
            "sku": linea.codigo,
            "atributos": d.get("variante", {}),
            "precio": bs(d["precio"]),
            "unidad_medida": d.get("medida", UnidadMedida.UNIDAD),
            "peso_g": d.get("peso_g", 0),
            "existencia": d.get("existencia", "0"),
        }
        id_, datos = self.producto.id, VarianteNueva.model_validate(nueva)
        crear_variante(self._sesion, self._actor, id_, self.producto.version, datos)

    def _poner_al_dia(self, suya: Variante, linea: LineaDeCarga) -> None:
        d = linea.datos
        dicho: dict[str, Any] = {}
        if pedido := precio_pedido(d):
            dicho["precio"] = self._precio(suya, bs(pedido), d.get("precio_antes"))
        for celda, campo in (("variante", "atributos"), ("medida", "unidad_medida"), ("peso_g", "peso_g")):
            if celda in d:
                dicho[campo] = d[celda]
        cambios = {campo: valor for campo, valor in dicho.items() if getattr(suya, campo) != valor}
        if cambios:
            self._cambiar(suya.id, cambios)
        if "existencia" in d:
            self._contar_existencia(suya, linea)

    def _precio(self, suya: Variante, pedido: Money, antes: str | None) -> Money:
        """Raises `DatosInvalidos` when it was changed otherwise since the file was given out."""
        if antes is not None and suya.precio not in (bs(antes), pedido):
            texto = _(
                "El precio cambió desde que bajó el archivo: hoy es %(hoy)s. Bájelo otra vez, o deje vacío"
                " «precio_antes» para poner %(pedido)s."
            )
            raise DatosInvalidos(texto % {"hoy": formato_bs(suya.precio), "pedido": formato_bs(pedido)})
        return pedido

    def _contar_existencia(self, suya: Variante, linea: LineaDeCarga) -> None:
        """With what there was when the file was given out, the difference, once: what was sold since is not
        undone. Alone, it is a count."""
        quedan, hay = Decimal(linea.datos["existencia"]), linea.datos.get("hay")
        if hay is None:
            self._recontar(suya, quedan)
        elif (cambio := quedan - Decimal(hay)) != 0:
            if antes := self._ya_movida(linea):
                texto = _(
                    "La existencia no se tocó: ya se cargó con «%(archivo)s» el %(dia)s. Si llegaron otras"
                    " tantas, baje el archivo otra vez, o deje vacío «hay» y escriba cuánto hay."
                )
                nombre, dia = antes.archivo or _("Sin nombre"), filtro_fecha(antes.confirmada_en)
                linea.texto = texto % {"archivo": nombre, "dia": dia}
                return
            motivo = MotivoDeAjuste.INGRESO if cambio > 0 else MotivoDeAjuste.MERMA
            self._mover(suya, motivo, abs(cambio))

    def _recontar(self, suya: Variante, quedan: Decimal) -> None:
        """Raises `DatosInvalidos` where it is not known of which place it is the count."""
        existencia = existencia_principal(self._sesion, suya)
        if hay_en_otros(self._sesion, existencia):
            raise DatosInvalidos(
                _(
                    "Hay de este producto en varios lugares: cuente lo de cada uno en la página del producto"
                    " y deje aquí vacía «existencia»."
                )
            )
        if existencia.existencia != quedan:
            self._mover(suya, MotivoDeAjuste.RECUENTO, quedan)

    def _ya_movida(self, linea: LineaDeCarga) -> Carga | None:
        """The last other file that changed the stock of this code, if it said the same: it was sent again."""
        quedaban, habia = (
            func.jsonb_extract_path_text(LineaDeCarga.datos, celda) for celda in ("existencia", "hay")
        )
        consulta = (
            select(Carga, LineaDeCarga.datos)
            .join(LineaDeCarga, col(LineaDeCarga.carga_id) == col(Carga.id))
            .where(
                LineaDeCarga.producto_id == self.producto.id,
                LineaDeCarga.codigo == linea.codigo,
                LineaDeCarga.resultado == Resultado.HECHA,
                Carga.id != self._carga.id,
                quedaban.is_distinct_from(habia),
            )
            .order_by(col(Carga.confirmada_en).desc(), col(Carga.id).desc())
        )
        ultima = self._sesion.exec(consulta.limit(1)).one_or_none()
        if ultima is None:
            return None
        carga, datos = ultima
        iguales = all(datos.get(celda) == linea.datos[celda] for celda in ("existencia", "hay"))
        return carga if iguales else None

    def _mover(self, suya: Variante, motivo: MotivoDeAjuste, cantidad: Decimal) -> None:
        datos = MovimientoNuevo(motivo=motivo, cantidad=cantidad, detalle=self._carga.archivo)
        id_, version = self.producto.id, self.producto.version
        mover_existencia(self._sesion, self._actor, id_, suya.id, version, datos)

    def estado(self, linea: LineaDeCarga) -> None:
        """Last, so that nothing is shown half made."""
        dicho = linea.datos.get("estado")
        if dicho and dicho != self.producto.estado:
            self._editar(ProductoCambios(estado=EstadoProducto(dicho)))

    def _editar(self, cambios: ProductoCambios) -> None:
        id_, version = self.producto.id, self.producto.version
        editar_producto(self._sesion, self._actor, id_, version, cambios)

    def _cambiar(self, variante_id: UUID, cambios: dict[str, Any]) -> None:
        datos = VarianteCambios.model_validate(cambios)
        id_, version = self.producto.id, self.producto.version
        editar_variante(self._sesion, self._actor, id_, variante_id, version, datos)
