"""A DBC on paper."""

from collections.abc import Iterable

from feria_inversa.documentos.dbc.datos import DatosDelDbc, Renglon
from feria_inversa.documentos.dbc.plantillas import (
    OBJETOS,
    como_se_decide,
    como_se_oferta,
    despues,
    marca,
    nombre_de_regla,
    que_se_presenta,
    valor_en_palabras,
)
from feria_inversa.reglas import Clave
from nucleo.dinero import formato_bs
from nucleo.pdf import Papel, dibujar_qr
from nucleo.plantillas import filtro_fecha_hora

_QR_MM = 30
_LETRA = 9.5


def hacer_dbc(datos: DatosDelDbc) -> bytes:
    """The bytes of the paper: the same data give the same ones."""
    objeto = OBJETOS[datos.categoria]
    hasta = filtro_fecha_hora(datos.vence_en)
    pdf = Papel(
        f"Documento base de contratación {datos.cuce}",
        "Documento base de contratación",
        f"{datos.cuce}, versión {datos.version}",
        datos.hecho_en,
    )
    pdf.linea(datos.titulo, 16, negrita=True)
    pdf.ln(1)
    pdf.linea(f"{datos.entidad}, {datos.lugar_de_entidad}", 11)
    pdf.ln(2)
    pdf.dato("CUCE", datos.cuce)
    pdf.dato("Modalidad", f"{datos.reglas.nombre} ({datos.reglas.codigo})")
    pdf.dato("Norma", datos.reglas.norma)
    pdf.dato("Publicada", filtro_fecha_hora(datos.publicada_en))
    pdf.dato("Se oferta hasta", hasta)
    pdf.dato("Precio referencial", formato_bs(datos.total))
    pdf.dato(objeto.plazo, _dias(datos.plazo_entrega_dias))
    pdf.dato(objeto.lugar, ". ".join(parte for parte in (datos.lugar, datos.lugar_entrega) if parte))
    pdf.dato("Cómo se compara", datos.nombre_del_metodo)
    _titulo(pdf, f"1. {objeto.que}")
    if datos.descripcion:
        pdf.linea(datos.descripcion, _LETRA)
        pdf.ln(1.5)
    for lote in datos.lotes:
        if lote.nombre:
            pdf.linea(lote.nombre, 10, negrita=True)
        for renglon in lote.renglones:
            _renglon(pdf, renglon)
    _seccion(pdf, "2. Cómo y hasta cuándo se oferta", como_se_oferta(datos, hasta))
    _seccion(pdf, "3. Qué se presenta", que_se_presenta(datos))
    _seccion(pdf, "4. Cómo se decide", como_se_decide(datos))
    _seccion(pdf, f"5. Después: formalizar, {objeto.cumplir}, recibir y pagar", despues(datos))
    _adjuntos(pdf, datos)
    _reglas(pdf, datos)
    _verificacion(pdf, datos)
    return bytes(pdf.output())


def _dias(cuantos: int) -> str:
    return "Hasta 1 día" if cuantos == 1 else f"Hasta {cuantos} días"


def _titulo(pdf: Papel, texto: str) -> None:
    """A heading, never the last thing of a page."""
    if pdf.will_page_break(24):
        pdf.add_page()
    pdf.ln(4)
    pdf.linea(texto, 12, negrita=True)
    pdf.ln(1)


def _seccion(pdf: Papel, titulo: str, renglones: Iterable[str]) -> None:
    _titulo(pdf, titulo)
    for renglon in renglones:
        pdf.linea(f"- {renglon}", _LETRA)
        pdf.ln(0.8)


def _renglon(pdf: Papel, renglon: Renglon) -> None:
    """An item, with its sum."""
    if pdf.will_page_break(12):
        pdf.add_page()
    pdf.linea(renglon.nombre, _LETRA)
    suma = f"{formato_bs(renglon.precio)} = {formato_bs(renglon.total)}"
    pdf.linea(f"    {renglon.cantidad} x {suma}", 9)
    pdf.ln(1)


def _adjuntos(pdf: Papel, datos: DatosDelDbc) -> None:
    _titulo(pdf, "6. Documentos que van con este")
    if not datos.adjuntos:
        pdf.linea("Ninguno: todo lo que se pide está aquí y en la página de la convocatoria.", _LETRA)
    for adjunto in datos.adjuntos:
        pdf.linea(f"- {adjunto.que_es}: {adjunto.titulo}", _LETRA)
        pdf.linea(f"    SHA-256 {adjunto.sha256}", 7.5)
        pdf.ln(0.8)


def _reglas(pdf: Papel, datos: DatosDelDbc) -> None:
    """Each value with its source, and whether it was read in the norm."""
    _titulo(pdf, "7. Reglas con las que nació este proceso")
    pdf.linea(
        "«Confirmado» dice que el valor se cotejó con el texto de la norma. El que está por confirmar se "
        "avisa y no impide nada.",
        _LETRA,
    )
    pdf.ln(1)
    for clave in (clave for clave in Clave if clave in datos.reglas.valores):
        valor = datos.reglas.valores[clave]
        pdf.dato(
            nombre_de_regla(clave), f"{valor_en_palabras(clave, valor)} [{marca(valor)}] {valor.fuente}", 66
        )


def _verificacion(pdf: Papel, datos: DatosDelDbc) -> None:
    if pdf.will_page_break(_QR_MM + 8):
        pdf.add_page()
    pdf.ln(5)
    arriba, izquierda = pdf.get_y(), pdf.l_margin
    dibujar_qr(pdf, datos.url, izquierda, arriba, _QR_MM)
    pdf.set_left_margin(izquierda + _QR_MM + 6)
    pdf.set_y(arriba + 3)
    pdf.linea("La página de la convocatoria", 10, negrita=True)
    pdf.linea(
        "Ahí están las preguntas y respuestas, las enmiendas y la huella (SHA-256) de este documento. Si hay "
        "una versión posterior, vale la última.",
    )
    pdf.linea(datos.url.removeprefix("https://").removeprefix("http://"), 8)
