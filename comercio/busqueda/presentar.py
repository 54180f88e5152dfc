"""From rows to what the API shows."""

from comercio.busqueda.esquemas import FacetasFicha, ValorFicha
from comercio.busqueda.valores import Facetas, Ficha
from comercio.catalogo import Modalidad, ProductoBreve, rebaja, vendedor
from nucleo.archivos import url_archivo


def producto_breve(ficha: Ficha) -> ProductoBreve:
    return ProductoBreve(
        id=ficha.id,
        titulo=ficha.titulo,
        precio=ficha.precio,
        precio_maximo=ficha.precio_maximo,
        rebaja=rebaja(ficha.rebajada),
        unidad_medida=ficha.unidad_medida,
        disponible=ficha.disponible,
        categoria=ficha.categoria_codigo,
        modalidad=Modalidad(ficha.modalidad),
        origen=ficha.origen,
        foto=url_archivo(ficha.foto) if ficha.foto else None,
        vendedor=vendedor(ficha),
    )


def facetas(f: Facetas) -> FacetasFicha:
    return FacetasFicha(
        total=f.total,
        hay_mas=f.hay_mas,
        categorias=f.categorias,
        departamentos=f.departamentos,
        atributos={
            nombre: [ValorFicha(valor=valor, productos=cuantos) for valor, cuantos in valores]
            for nombre, valores in f.atributos.items()
        },
        de_muestra=[clase for clase in f.de_muestra if clase in FacetasFicha.model_fields],
    )
